import EvacuationModel
import Quantities

extension LibvirtCommands {
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    let address = MachineAddress.uuid(of: step)
    guard let domain = address.word else {
      return lookUp(step, "the plan has no UUID for it, and \(address.reason)")
    }
    guard step.destination.isPlainHostName else {
      return lookUp(step, "the destination's name is no host name that could stand in a URI")
    }
    guard step.guest.copiedDisks.allSatisfy(Self.isPlainDiskName) else {
      return lookUp(step, "a disk has a name that --migrate-disks would misread")
    }
    var result = step.mode == .cold ? cold(step, domain) : live(step, domain)
    if case .name = address {
      result.warnings.insert(
        "The plan has no UUID for it. Names may be ambiguous: look the UUID up and use that.", at: 0)
    }
    return result
  }

  private func lookUp(_ step: PlannedMigration, _ reason: String) -> MigrationInstructions {
    MigrationInstructions(
      warnings: ["No command is given: \(reason)."],
      commands: [
        RunbookCommand(on: step.source, CommandLine("virsh", "list", "--all", "--uuid", "--name"))
      ],
      doneWhen: "it is moved by its UUID, as the other steps are, to \(step.destination)")
  }

  private func live(_ step: PlannedMigration, _ domain: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(on: step.source, line, subject: step.vm.name) }
    var commands = [on(migrate(step, domain, to: step.destination))]
    if let limit = step.guest.downtimeLimit {
      commands.insert(on(maxDowntime(domain, limit)), at: 0)
    }
    return MigrationInstructions(
      warnings: warnings(step), commands: commands,
      watch: [on(CommandLine("virsh", "domjobinfo").values([domain]))],
      doneWhen: "virsh migrate ends without an error, and it is running at \(step.destination)",
      verify: [state(of: domain, on: step.destination, step)], levers: levers(step, domain),
      abort: RunbookInstruction(
        "The guest goes on at \(step.source)."
          + (step.usesPostCopy ? " Not after the switch to post-copy." : ""),
        [on(CommandLine("virsh", "domjobabort").values([domain]))]),
      rollback: RunbookInstruction(
        "Move it back, the same way from the other end.",
        step.source.isPlainHostName
          ? [
            RunbookCommand(
              on: step.destination, migrate(step, domain, to: step.source), subject: step.vm.name)
          ] : []))
  }

  private func migrate(_ step: PlannedMigration, _ domain: String, to host: Host.ID) -> CommandLine {
    var line = CommandLine(
      "virsh", "migrate", "--live", "--persistent", "--undefinesource", "--verbose", "--abort-on-error")
    for flag in Self.flags(step) { line = line.words(flag) }
    return line.values([domain, "qemu+ssh://\(host)/system"])
  }

  /// What the plan relies on, as words for `virsh migrate`. Values are numbers and plain disk names.
  static func flags(_ step: PlannedMigration) -> [String] {
    var line = CommandLine()
    if step.usesAutoConverge { line = line.words("--auto-converge") }
    if step.usesPostCopy { line = line.words("--postcopy") }
    if let cap = step.guest.bandwidthLimit, let mebibytes = cap.wholeMebibytes {
      line = line.option("--bandwidth", mebibytes)
    }
    if !step.guest.copiedDisks.isEmpty {
      line = line.words("--copy-storage-all")
        .option("--migrate-disks", step.guest.copiedDisks.joined(separator: ","))
    }
    return line.argv
  }

  /// Why a script cannot carry the step out, though it has an address.
  static func obstacle(_ step: PlannedMigration) -> String? {
    let disks = step.guest.copiedDisks
    if !disks.allSatisfy(isPlainDiskName) { return "a disk has a name that --migrate-disks would misread" }
    guard step.mode == .cold, !disks.isEmpty else { return nil }
    return "copy \(disks.joined(separator: ", ")) while it is off: virsh moves its definition only"
  }

  private func warnings(_ step: PlannedMigration) -> [String] {
    var warnings: [String] = []
    if !step.guest.copiedDisks.isEmpty {
      warnings.append(
        "The files for \(step.guest.copiedDisks.joined(separator: ", ")) must exist at"
          + " \(step.destination), same path and size. If virsh says \"unsafe\", stop: never --unsafe.")
    }
    if step.usesAutoConverge { warnings.append("It relies on --auto-converge; the guest is slowed.") }
    if step.usesPostCopy { warnings.append("It relies on --postcopy from the start; see the levers.") }
    return warnings
  }

  private func levers(_ step: PlannedMigration, _ domain: String) -> [RunbookInstruction] {
    let on = { (line: CommandLine) in RunbookCommand(on: step.source, line, subject: step.vm.name) }
    var levers: [RunbookInstruction] = []
    if step.usesPostCopy {
      levers.append(
        RunbookInstruction(
          PostCopyAdvice.switchText(step),
          [on(CommandLine("virsh", "migrate-postcopy").values([domain]))]))
    }
    let present = step.guest.downtimeLimit ?? WorryRule.usualDowntimeLimit
    let pause = step.forecast.remedies?.pauseNeeded ?? present + present
    levers.append(
      RunbookInstruction(
        "Permit a pause of \(pause.text), if the guest's owner can bear it.",
        [on(maxDowntime(domain, pause))]))
    if step.guest.bandwidthLimit != nil {
      levers.append(
        RunbookInstruction(
          "Lift its cap on bandwidth, if nothing else needs the link.",
          [on(CommandLine("virsh", "migrate-setspeed").values([domain, "8796093022207"]))]))
    }
    levers.append(
      RunbookInstruction(
        "Pause the guest until the rest is sent; it goes on by itself at \(step.destination).",
        [on(CommandLine("virsh", "suspend").values([domain]))]))
    return levers
  }

  private func maxDowntime(_ domain: String, _ limit: Duration) -> CommandLine {
    CommandLine("virsh", "migrate-setmaxdowntime").values([domain, Self.milliseconds(limit)])
  }

  /// As `virsh migrate-setmaxdowntime` takes it.
  static func milliseconds(_ limit: Duration) -> String {
    max(1, min(2e6, (limit.seconds * 1000).rounded())).text(places: 0)
  }

  func state(of domain: String, on host: Host.ID, _ step: PlannedMigration) -> RunbookCommand {
    RunbookCommand(
      on: host, CommandLine("virsh", "domstate", "--reason").values([domain]), subject: step.vm.name)
  }

  /// `vda` and the like. `--migrate-disks` takes a list with commas, and without it every disk is copied,
  /// those on shared storage onto themselves.
  private static func isPlainDiskName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
  }
}
