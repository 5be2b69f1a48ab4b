import EvacuationModel
import Quantities

extension ProxmoxCommands {
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    guard let vmid = MachineAddress.vmid(of: step).word else {
      return lookUp(step, "the plan has no VMID for it. Look it up by its name in the list")
    }
    guard step.source.isPlainHostName, step.destination.isPlainHostName else {
      return lookUp(step, "a node's name is none that Proxmox VE accepts")
    }
    return step.mode == .cold ? cold(step, vmid) : live(step, vmid)
  }

  private func lookUp(_ step: PlannedMigration, _ reason: String) -> MigrationInstructions {
    MigrationInstructions(
      warnings: ["No command is given: \(reason)."],
      commands: [RunbookCommand(on: step.source, CommandLine("qm", "list"))],
      doneWhen: "it is moved by its VMID, as the other steps are, to \(step.destination)")
  }

  private func live(_ step: PlannedMigration, _ vmid: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(on: step.source, line, subject: step.vm.name) }
    var migrate = CommandLine("qm", "migrate").values([vmid, step.destination.name]).words("--online")
    for flag in Self.flags(step) { migrate = migrate.words(flag) }
    var commands = [on(migrate)]
    if let limit = step.guest.downtimeLimit {
      commands.insert(
        on(CommandLine("qm", "set").values([vmid]).option("--migrate_downtime", Self.seconds(limit))), at: 0)
    }
    return MigrationInstructions(
      warnings: warnings(step), commands: commands,
      watch: [monitor(step, vmid, "info migrate"), tasks(step)],
      doneWhen: "the task ends with OK; status is running and qmpstatus is running at \(step.destination)",
      verify: [
        RunbookCommand(
          on: step.destination, CommandLine("qm", "status").values([vmid]).words("--verbose"),
          subject: step.vm.name)
      ],
      levers: levers(step, vmid), abort: abort(step),
      rollback: RunbookInstruction(
        "Move it back.",
        [
          RunbookCommand(
            on: step.destination,
            migrateBack(step, vmid), subject: step.vm.name)
        ]))
  }

  /// What the plan relies on, as words for `qm migrate`. Values are numbers.
  static func flags(_ step: PlannedMigration) -> [String] {
    var line = CommandLine()
    if !step.guest.copiedDisks.isEmpty { line = line.words("--with-local-disks") }
    if let cap = step.guest.bandwidthLimit?.wholeKibibytes { line = line.option("--bwlimit", cap) }
    return line.argv
  }

  /// As `qm set --migrate_downtime` takes it.
  static func seconds(_ limit: Duration) -> String {
    max(0.001, min(2000, limit.seconds)).text(places: 3)
  }

  /// Why a script cannot carry the step out, though it has an address.
  static func obstacle(_ step: PlannedMigration) -> String? {
    step.usesPostCopy ? "Proxmox VE has no post-copy, and the plan relies on it" : nil
  }

  private func migrateBack(_ step: PlannedMigration, _ vmid: String) -> CommandLine {
    let line = CommandLine("qm", "migrate").values([vmid, step.source.name]).words("--online")
    return step.guest.copiedDisks.isEmpty ? line : line.words("--with-local-disks")
  }

  private func warnings(_ step: PlannedMigration) -> [String] {
    var warnings: [String] = []
    if step.usesPostCopy {
      warnings.append("Proxmox VE has no post-copy, and the plan relies on it: do not start this step.")
    }
    if step.usesAutoConverge {
      warnings.append("Auto-converge is always on here; the guest is slowed.")
    }
    return warnings
  }

  private func levers(_ step: PlannedMigration, _ vmid: String) -> [RunbookInstruction] {
    let present = step.guest.downtimeLimit ?? WorryRule.usualDowntimeLimit
    let pause = step.forecast.remedies?.pauseNeeded ?? present + present
    let milliseconds = max(1, min(2e6, (pause.seconds * 1000).rounded())).text(places: 0)
    return [
      RunbookInstruction(
        "Wait: Proxmox VE raises the permitted pause by itself when the transfer makes no progress. It ends"
          + " in a longer pause."),
      RunbookInstruction(
        "Permit a pause of \(pause.text) now, if the guest's owner can bear it.",
        [monitor(step, vmid, "migrate_set_parameter downtime-limit \(milliseconds)")]),
    ]
  }

  private func cold(_ step: PlannedMigration, _ vmid: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(on: step.source, line, subject: step.vm.name) }
    let move = on(CommandLine("qm", "migrate").values([vmid, step.destination.name]))
    let stopped = step.guest.state == .stopped
    let shutDown = on(CommandLine("qm", "shutdown").values([vmid]).option("--timeout", "180"))
    let start = RunbookCommand(
      on: step.destination, CommandLine("qm", "start").values([vmid]), subject: step.vm.name)
    return MigrationInstructions(
      warnings: stopped ? [] : ["Its owner has agreed: it is off for about \(step.forecast.downtime.text)."],
      commands: [stopped ? move : shutDown],
      then: stopped
        ? []
        : [RunbookInstruction("When it is down:", [move]), RunbookInstruction("When it is moved:", [start])],
      watch: [tasks(step)],
      doneWhen: "it is \(stopped ? "stopped" : "running") at \(step.destination)",
      verify: [
        RunbookCommand(
          on: step.destination, CommandLine("qm", "status").values([vmid]), subject: step.vm.name)
      ],
      abort: abort(step),
      rollback: RunbookInstruction(
        "The same on \(step.destination), with \(step.source) as the destination."))
  }

  private func abort(_ step: PlannedMigration) -> RunbookInstruction {
    RunbookInstruction(
      "The guest stays at \(step.source). The list of tasks shows its UPID.",
      [
        RunbookCommand(
          on: step.source, CommandLine("pvesh", "delete", "/nodes/\(step.source)/tasks/UPID"),
          placeholders: ["UPID"], subject: step.vm.name)
      ])
  }

  private func monitor(_ step: PlannedMigration, _ vmid: String, _ text: String) -> RunbookCommand {
    RunbookCommand(
      on: step.source,
      CommandLine("pvesh", "create", "/nodes/\(step.source)/qemu/\(vmid)/monitor").option("--command", text),
      subject: step.vm.name)
  }

  private func tasks(_ step: PlannedMigration) -> RunbookCommand {
    RunbookCommand(on: step.source, CommandLine("pvesh", "get", "/cluster/tasks"), subject: step.vm.name)
  }
}
