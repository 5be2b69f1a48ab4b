import EvacuationModel
import Quantities

/// The plans of a store for people, a line each.
struct HistoryView {
  let plans: [(record: PlanRecord, outcomes: [RecordedOutcome])]
  let paint: Paint

  var text: String {
    guard !plans.isEmpty else { return "No plans yet.\n" }
    var table = TextTable([
      ("plan", .left), ("made", .left), ("inventory", .left), ("policy", .left), ("drain", .left),
      ("takes", .right), ("steps", .right), ("status", .left),
    ])
    for (record, outcomes) in plans {
      table.add([
        record.id, record.createdAt.readable ?? "", record.inventory, record.policy, drain(record),
        record.makespan.text, "\(record.steps)", status(record, PlanProgress(outcomes)),
      ])
    }
    let lines = table.lines
    return (lines.prefix(1).map(paint.strong) + lines.dropFirst()).joined(separator: "\n") + "\n"
  }

  private func drain(_ record: PlanRecord) -> String {
    if let pattern = record.rolling { return "in turn: \(pattern)" }
    let first = record.drain.prefix(3).joined(separator: ", ")
    return record.drain.count > 3 ? "\(first), … (\(record.drain.count))" : first
  }

  private func status(_ record: PlanRecord, _ progress: PlanProgress) -> String {
    let whole = record.completeness == .complete ? "" : "\(record.completeness.rawValue), "
    switch progress.status(ofSteps: record.steps) {
    case .planned: return whole + "planned"
    case .done: return whole + "done"
    case .underWay:
      let failed = progress.count("failed")
      return whole + "\(progress.count("done")) done" + (failed > 0 ? ", \(failed) failed" : "")
    }
  }
}
