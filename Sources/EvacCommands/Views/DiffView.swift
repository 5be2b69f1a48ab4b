import EvacuationModel
import Quantities
import RunbookExport

/// What one plan does otherwise than another, for people.
struct DiffView {
  let difference: PlanDifference
  let paint: Paint

  var text: String { text(of: [summary] + changes) }

  /// What changes, without the two plans' numbers beside each other.
  var changesText: String { text(of: [[rest]] + changes) }

  private var changes: [[String]] { [changed, added, removed, stays] }

  private func text(of sections: [[String]]) -> String {
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var summary: [String] {
    let (old, new) = (difference.before, difference.after)
    var table = TextTable([("", .left), ("before", .right), ("after", .right)])
    table.add(["time", old.makespan.text, new.makespan.text])
    table.add(["in 9 of 10 cases", old.makespanP90.text, new.makespanP90.text])
    table.add(["migrations", "\(old.migrations)", "\(new.migrations)"])
    table.add(["to send", "\(old.bytesTransferred)", "\(new.bytesTransferred)"])
    table.add(["longest pause", old.maxDowntime.text, new.maxDowntime.text])
    return table.lines + ["", rest]
  }

  private var rest: String {
    let same = difference.unchanged
    return difference.changes.isEmpty
      ? "Nothing changes" : "\(same) \(same == 1 ? "step" : "steps") as before"
  }

  private var changed: [String] {
    section("Moves otherwise", difference.changes.filter { $0.before != nil && $0.after != nil }) { change in
      guard let old = change.before, let new = change.after else { return [] }
      return ["\(change.vm) (\(old.id) → \(new.id))"]
        + change.aspects.map { "    \(title($0)) \(value($0, old)) → \(value($0, new))" }
    }
  }

  private var added: [String] {
    section("Moves now", difference.changes.filter { $0.before == nil }) { change in
      change.after.map { [line($0)] } ?? []
    }
  }

  private var removed: [String] {
    section("Moves no longer", difference.changes.filter { $0.after == nil }) { change in
      change.before.map { [line($0)] } ?? []
    }
  }

  private var stays: [String] {
    let groups: KeyValuePairs = [
      "Stays": difference.stillStays, "Stays now": difference.staysNow,
      "Stayed before": difference.staysNoLonger,
    ]
    return groups.flatMap { title, unplaced in
      unplaced.isEmpty
        ? []
        : [paint.strong(title)]
          + unplaced.flatMap { WrappedText.lines(VisibleText.of($0.message), indentation: 2) }
    }
  }

  private func section(
    _ title: String, _ changes: [PlanDifference.Change], _ lines: (PlanDifference.Change) -> [String]
  ) -> [String] {
    guard !changes.isEmpty else { return [] }
    return [paint.strong(title)]
      + changes.flatMap { change in
        lines(change).map { "  " + VisibleText.of($0) }
          + change.why.flatMap { WrappedText.lines(VisibleText.of($0), indentation: 6) }.map(paint.faint)
      }
  }

  private func line(_ step: PlannedMigration) -> String {
    "\(step.vm) (\(step.id)): \(mode(step)) from \(step.source) to \(step.destination), "
      + "\(ClockText.of(step.start)), \((step.end - step.start).text)"
  }

  private func title(_ aspect: PlanDifference.Aspect) -> String {
    let title = aspect == .duration ? "takes" : aspect == .destination ? "to" : aspect.rawValue
    return title + String(repeating: " ", count: max(0, 6 - title.count))
  }

  private func value(_ aspect: PlanDifference.Aspect, _ step: PlannedMigration) -> String {
    switch aspect {
    case .mode: mode(step)
    case .source: step.source.name
    case .destination: step.destination.name
    case .wave: "\(step.wave)"
    case .batch: "\(step.batch)"
    case .start: ClockText.of(step.start)
    case .duration: (step.end - step.start).text
    case .outcome: step.forecast.outcome.word.replacing("_", with: " ")
    case .pause: step.forecast.downtime.text
    }
  }

  private func mode(_ step: PlannedMigration) -> String {
    step.mode.rawValue + (step.usesPostCopy ? "+post-copy" : "") + (step.usesAutoConverge ? "+throttle" : "")
  }
}
