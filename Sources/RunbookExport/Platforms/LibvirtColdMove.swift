import EvacuationModel
import Quantities

extension LibvirtCommands {
  /// Off, moved, on again: each only when the one before is done.
  func cold(_ step: PlannedMigration, _ domain: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(on: step.source, line, subject: step.vm.name) }
    let move = on(
      CommandLine("virsh", "migrate", "--offline", "--persistent", "--undefinesource", "--verbose")
        .values([domain, "qemu+ssh://\(step.destination)/system"]))
    let start = RunbookCommand(
      on: step.destination, CommandLine("virsh", "start").values([domain]), subject: step.vm.name)
    let stopped = step.guest.state == .stopped
    var warnings =
      stopped ? [] : ["Its owner has agreed: it is off for about \(step.forecast.downtime.text)."]
    if !step.guest.copiedDisks.isEmpty {
      warnings.append(
        "--offline moves the definition only: copy \(step.guest.copiedDisks.joined(separator: ", "))"
          + " yourself while it is off\(stopped ? "" : ", before virsh start").")
    }
    let shutDown = on(CommandLine("virsh", "shutdown").values([domain]))
    let then = [
      RunbookInstruction(
        "Until it says shut off:", [on(CommandLine("virsh", "domstate").values([domain]))]),
      RunbookInstruction("Only then:", [move]),
      RunbookInstruction("When its disks are there:", [start]),
    ]
    return MigrationInstructions(
      warnings: warnings, commands: [stopped ? move : shutDown], then: stopped ? [] : then,
      doneWhen: "it is \(stopped ? "shut off" : "running") at \(step.destination)",
      verify: [state(of: domain, on: step.destination, step)],
      abort: RunbookInstruction("Until it is moved: virsh start at \(step.source)."),
      rollback: RunbookInstruction(
        "The same steps, run on \(step.destination) with \(step.source) in the URI. Its disks at"
          + " \(step.source) are kept until the end of the window."))
  }
}
