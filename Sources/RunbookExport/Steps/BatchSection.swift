import EvacuationModel
import Quantities

/// The migrations that start together, with go and no-go around them.
enum BatchSection {
  /// A section for each batch of `steps`, in the order in which they first appear.
  static func sections(
    of steps: [PlannedMigration], _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> [RunbookSection] {
    let byBatch = Dictionary(grouping: steps, by: \.batch)
    return steps.map(\.batch).uniqued().map { section($0, byBatch[$0] ?? [], plan, commands) }
  }

  private static func section(
    _ batch: Int, _ steps: [PlannedMigration], _ plan: EvacuationPlan, _ commands: any PlatformCommands
  ) -> RunbookSection {
    let start = steps.map(\.start).min() ?? .start
    return RunbookSection(
      kind: .batch(wave: steps.first?.wave ?? 1, batch: batch),
      title: "Batch \(batch): \(steps.count == 1 ? "1 migration" : "\(steps.count) migrations")",
      remarks: remarks(steps, plan, start),
      checksBefore: time(start, plan) + commands.checks(before: steps),
      steps: steps.map { MigrationStep.step($0, commands, alone: steps.count == 1) },
      checksAfter: [verdict(steps, plan)])
  }

  private static func remarks(
    _ steps: [PlannedMigration], _ plan: EvacuationPlan, _ start: PlanTime
  ) -> [String] {
    let clock = plan.request.window.start?.advanced(by: start).readable.map { ", at \($0)" } ?? ""
    let when = "Planned for \((start - .start).text) after the start\(clock)."
    guard steps.count > 1 else { return [when] }
    return [
      when,
      "Start these together, each in a terminal of its own where a command waits, and look after each one.",
    ]
  }

  /// The rest of the plan at its P90, set against what is left of the window.
  private static func time(_ start: PlanTime, _ plan: EvacuationPlan) -> [RunbookStep] {
    let rest = max(plan.summary.makespanP90 - (start - .start), .zero)
    guard let window = plan.request.window.duration else { return [] }
    let latest = window - rest
    guard latest > .zero else {
      return [
        RunbookStep(
          "Go or no-go", warnings: ["At P90 the rest takes \(rest.text), longer than the whole window."],
          doneWhen: "whoever owns the window has decided to go on")
      ]
    }
    return [
      RunbookStep(
        "There is time",
        why: ["From here to the last migration it takes at most \(rest.text) in 9 of 10 cases."],
        doneWhen: "no more than \(latest.text) of the window have passed",
        otherwise: "stop here: leave the rest where it is and open the host again")
    ]
  }

  private static func verdict(_ steps: [PlannedMigration], _ plan: EvacuationPlan) -> RunbookStep {
    let next =
      plan.concurrency.batching == .barrier
      ? "The next batch starts when all of these have ended."
      : "The next batch starts as soon as a slot is free: you need not wait for all of these."
    return RunbookStep(
      "Go or no-go for the next batch", why: [next],
      doneWhen: "what has ended is \"done\" as described, no guest is in an unknown state, and its owners"
        + " have no complaint",
      otherwise: "start nothing further; see \"When something is stuck\"")
  }
}
