import EvacuationModel
import Quantities

/// One migration as calls of the runtime's functions.
enum ShellStep {
  static func lines(_ step: PlannedMigration, _ runtime: ShellRuntime) -> [String] {
    let id = step.id.name
    let reason = byHand(step, runtime)
    let machine = step.guest.platformID.flatMap { runtime.isMachine($0) ? $0.lowercased() : nil } ?? "-"
    var lines = [
      ShellRunbook.comment("\(step.vm): \(step.reasons.joined(separator: "; "))"),
      "step "
        + ([
          id, "\(step.batch)", step.mode.rawValue, step.guest.state.rawValue, step.source.name,
          step.destination.name, machine,
        ].map(ShellQuoting.quoted) + numbers(step, reason) + [
          ShellQuoting.quoted(VisibleText.of(step.vm.name))
        ])
        .joined(separator: " "),
    ]
    if !step.dependsOn.isEmpty {
      lines.append(ShellQuoting.line(["after", id] + step.dependsOn.map(\.name)))
    }
    if let reason { return lines + [ShellQuoting.line(["by_hand", id, reason])] }
    guard step.mode != .cold else { return lines }
    let flags = runtime.flags(step)
    if !flags.isEmpty { lines.append(ShellQuoting.line(["flags", id] + flags)) }
    if let setting = runtime.setting(step) { lines.append(ShellQuoting.line(["setting", id, setting])) }
    return lines
  }

  /// Memory in MiB, expected time, limit, and when to switch to post-copy, `-` for never.
  private static func numbers(_ step: PlannedMigration, _ reason: String?) -> [String] {
    let worry = WorryRule.limit(for: step)
    let seconds = { (duration: Duration) in ShellPlanSection.number(duration.seconds) }
    return [
      ShellPlanSection.number((Double(step.guest.memory.bytes) / 0x1p20).rounded(.up)),
      seconds(RunbookMigration(step).duration), seconds(worry.decideAfter),
      step.usesPostCopy && reason == nil ? seconds(WorryRule.roundedUp(step.postCopySwitch)) : "-",
    ]
  }

  /// Why no command of a script can carry it out; `nil` if one can.
  private static func byHand(_ step: PlannedMigration, _ runtime: ShellRuntime) -> String? {
    guard let machine = step.guest.platformID, runtime.isMachine(machine) else {
      return "the plan has no id of it that the platform would take"
    }
    return runtime.obstacle(step)
  }
}
