import EvacuationModel
import Quantities

/// Guests back to where they were.
enum WayBackSection {
  static func section(_ plan: EvacuationPlan) -> RunbookSection {
    let moved = plan.steps.filter { plan.hostsToEmpty.contains($0.source) }
    let others = plan.steps.count - moved.count
    let why =
      ["Writes and bandwidth of tonight are not those of tomorrow, and the hosts have changed."]
      + (others > 0 ? ["\(others) further guests were moved to make room."] : [])
    return RunbookSection(
      kind: .wayBack, title: "The way back",
      remarks: ["Nobody has to go back at once: every guest runs where it is."],
      steps: [
        RunbookStep(
          "Plan the way back like a new drain", why: why + command(plan),
          doneWhen: "a plan from a new inventory exists, or it is decided that guests stay where they are"),
        RunbookStep(
          "In haste, without a plan",
          why: [
            "Undo the steps one at a time, the last one first"
              + (plan.steps.isEmpty ? "." : ": \(reversed(plan.steps)).")
          ],
          warnings: ["Forecasts and limits of this runbook hold for the way out only."],
          doneWhen: "every guest is where the table says that it came from"),
      ])
  }

  /// A way home has none of its own: it would lead to where nobody belongs.
  private static func command(_ plan: EvacuationPlan) -> [String] {
    guard plan.request.restore == nil else { return [] }
    return [
      "evac plan --restore does it, with this plan's id or its file: from what was recorded of the night, or from an inventory taken since."
    ]
  }

  private static func reversed(_ steps: [PlannedMigration]) -> String {
    let ids = steps.reversed().map(\.id.name)
    guard ids.count > 6 else { return ids.joined(separator: ", ") }
    return "\(ids.prefix(3).joined(separator: ", ")) and so on to \(ids.suffix(1).joined())"
  }
}
