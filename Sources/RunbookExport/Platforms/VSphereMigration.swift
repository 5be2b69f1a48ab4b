import EvacuationModel
import Quantities

extension VSphereCommands {
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    guard step.source.isPlainHostName, step.destination.isPlainHostName else {
      return lookUp(step, "a host's name is one that govc would read as a pattern")
    }
    if let reference = MachineAddress.vsphereReference(step.guest.platformID) { return move(step, reference) }
    guard let id = step.guest.platformID, MachineAddress.isUUID(id) else {
      return lookUp(
        step, "the plan has neither a managed object reference for it, such as vm-1001, nor a UUID")
    }
    return found(step, instance: id)
  }

  /// By its instance UUID: both tools take a reference only, so that is asked for first.
  private func found(_ step: PlannedMigration, instance: String) -> MigrationInstructions {
    var result = move(step, "MOREF")
    result.then.insert(
      RunbookInstruction("With the reference that it shows, for MOREF:", result.commands), at: 0)
    result.commands = [
      RunbookCommand(
        CommandLine("govc", "find", "-i", "/", "-type", "m", "-config.instanceUuid", instance),
        subject: step.vm.name)
    ]
    return result
  }

  private func lookUp(_ step: PlannedMigration, _ reason: String) -> MigrationInstructions {
    MigrationInstructions(
      warnings: ["No command is given: \(reason)."], commands: guests(on: step.source),
      doneWhen: "it is moved by its reference, as the other steps are, to \(step.destination)")
  }

  /// Running, it is vMotion, with its disks where `copiedDisks` says so; off, it is only registered elsewhere.
  private func move(_ step: PlannedMigration, _ reference: String) -> MigrationInstructions {
    let isOff = step.mode == .cold && step.guest.state != .stopped
    var warnings = isOff ? ["Its owner has agreed: it is off for about \(step.forecast.downtime.text)."] : []
    if !step.guest.copiedDisks.isEmpty {
      warnings.append(
        "Its disks \(step.guest.copiedDisks.joined(separator: ", ")) travel too: put the destination's datastore for"
          + " DATASTORE.")
    }
    if step.usesPostCopy {
      warnings.append("vSphere has no post-copy, and the plan relies on it: do not start it.")
    }
    let target = "VirtualMachine:\(reference)"
    let on = { (line: CommandLine, words: [String]) in
      RunbookCommand(line, placeholders: words + unknown(target), subject: step.vm.name)
    }
    let migrate = govc(step, target, to: step.destination)
    let shutDown = on(CommandLine("govc", "vm.power", "-s", target), [])
    let start = on(CommandLine("govc", "vm.power", "-on", target), [])
    let line = powerCLI(powerShell(step, reference), subject: step.vm.name)
    return MigrationInstructions(
      warnings: warnings, commands: [isOff ? shutDown : migrate],
      then: (isOff ? [RunbookInstruction("When it is powered off:", [migrate])] : [])
        + [RunbookInstruction("Or with PowerCLI instead of govc vm.migrate, not both:", [line])]
        + (isOff ? [RunbookInstruction("When it is moved:", [start])] : []),
      watch: [on(CommandLine("govc", "tasks", "-f"), [])],
      doneWhen: "its task ends with success, and it is \(step.guest.state.rawValue) at \(step.destination)",
      verify: [on(CommandLine("govc", "vm.info", target), [])],
      levers: [
        RunbookInstruction("Wait: vMotion slows the guest's CPUs by itself (SDPS) when it writes too fast."),
        RunbookInstruction("A guest that does not end: move it off peak, or cold if its owner agrees."),
      ],
      abort: RunbookInstruction(
        "It stays at \(step.source). The list of tasks shows TASK_ID.",
        [on(CommandLine("govc", "task.cancel", "TASK_ID"), ["TASK_ID"])]),
      rollback: RunbookInstruction("Move it back in the same way.", [govc(step, target, to: step.source)]))
  }

  private func govc(_ step: PlannedMigration, _ target: String, to host: Host.ID) -> RunbookCommand {
    var line = CommandLine("govc", "vm.migrate", "-host", host.name)
    if !step.guest.copiedDisks.isEmpty { line = line.words("-ds", "DATASTORE") }
    return RunbookCommand(
      line.values([target]),
      placeholders: (step.guest.copiedDisks.isEmpty ? [] : ["DATASTORE"]) + unknown(target),
      subject: step.vm.name)
  }

  private func unknown(_ target: String) -> [String] { target.hasSuffix("MOREF") ? [target] : [] }

  private func powerShell(_ step: PlannedMigration, _ reference: String) -> String {
    let datastore = step.guest.copiedDisks.isEmpty ? "" : " -Datastore 'DATASTORE'"
    return
      "Move-VM -VM (Get-VM -Id \(PowerShellText.quoted("VirtualMachine-\(reference)"))) -Destination (Get-VMHost"
      + " -Name \(PowerShellText.quoted(step.destination.name)))\(datastore) -RunAsync -Confirm:$false"
  }
}
