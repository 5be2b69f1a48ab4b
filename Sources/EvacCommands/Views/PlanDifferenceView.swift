import EvacuationModel
import Quantities
import RunbookExport

/// What changes from one plan to another, and why.
struct PlanDifferenceView {
  let names: (before: String, after: String)
  let before: EvacuationPlan
  let after: EvacuationPlan
  let difference: PlanDifference
  let paint: Paint

  /// The text.
  var text: String {
    let names = (VisibleText.of(names.before), VisibleText.of(names.after))
    let lines =
      [paint.strong("From \"\(names.0)\" to \"\(names.1)\""), ""] + summary + ["", paint.strong(head)]
      + difference.changes.flatMap(lines)
    return lines.map { "\($0)\n" }.joined()
  }

  private var head: String {
    let count = difference.changes.count
    guard count > 0 else { return "Every guest is treated alike" }
    let guests = count + difference.alike
    return "\(count) of \(guests) guests \(count == 1 ? "is" : "are") treated otherwise"
  }

  private var summary: [String] {
    let (old, new) = (before.summary, after.summary)
    func modes(_ sum: PlanSummary) -> String { "\(sum.live) live, \(sum.block) block, \(sum.cold) cold" }
    let rows: [(String, String, String)] = [
      ("time", old.makespanP50.text, new.makespanP50.text),
      ("9 of 10", "under \(old.makespanP90.text)", "under \(new.makespanP90.text)"),
      ("at best", old.lowerBound.text, new.lowerBound.text),
      ("pauses", pauses(old), pauses(new)),
      ("migrations", modes(old), modes(new)),
      ("to send", "\(old.bytesTransferred)", "\(new.bytesTransferred)"),
      ("stay", "\(before.unplaced.count)", "\(after.unplaced.count)"),
    ]
    return rows.map { title, was, willBe in
      paint.faint(title + String(repeating: " ", count: max(1, 12 - title.count)))
        + (was == willBe ? was : "\(was) → \(willBe)")
    }
  }

  private func pauses(_ sum: PlanSummary) -> String {
    "longest \(sum.maxDowntime.text), all together \(sum.totalDowntime.text)"
  }

  private func lines(_ change: PlanDifference.Change) -> [String] {
    let lines =
      WrappedText.lines(
        "\(VisibleText.of(change.vm.name)): \(Self.sentence(change))", indentation: 2)
      + change.reasonsBefore.flatMap { WrappedText.lines("before: \(VisibleText.of($0))", indentation: 4) }
      + change.reasonsAfter.flatMap { WrappedText.lines("now: \(VisibleText.of($0))", indentation: 4) }
    return lines
  }

  private static func sentence(_ change: PlanDifference.Change) -> String {
    guard case .moves(let old) = change.before, case .moves(let new) = change.after else {
      return "\(fate(change.before)) → \(fate(change.after))"
    }
    return change.aspects.map { aspect in
      switch aspect {
      case .fate: ""
      case .mode: "\(mode(old)) → \(mode(new))"
      case .destination:
        "to \(VisibleText.of(old.destination.name)) → \(VisibleText.of(new.destination.name))"
      case .outcome: outcome(old.forecast, new.forecast)
      case .start: "starts \(ClockText.of(old.start)) → \(ClockText.of(new.start))"
      case .duration: "takes \(length(old)) → \(length(new))"
      }
    }.joined(separator: "; ")
  }

  private static func fate(_ fate: PlanDifference.Fate) -> String {
    switch fate {
    case .moves(let step): "\(mode(step)) to \(VisibleText.of(step.destination.name))"
    case .stays(let entry): "stays on \(VisibleText.of(entry.host.name))"
    case .isLeftAlone: "left alone"
    }
  }

  private static func mode(_ step: PlannedMigration) -> String {
    step.mode.rawValue + (step.usesPostCopy ? " with post-copy" : "")
      + (step.usesAutoConverge ? " with auto-converge" : "")
  }

  private static func outcome(_ old: MigrationForecast, _ new: MigrationForecast) -> String {
    let words = [old, new].map { $0.outcome.word.replacing("_", with: " ") }
    // A restart has no way of ending that could be compared.
    let isCold = [old, new].contains { $0.outcome == .notApplicable }
    let ends = isCold || words[0] == words[1] ? "" : "\(words[0]) → \(words[1]), "
    return ends
      + (old.downtime.text == new.downtime.text
        ? "pauses \(old.downtime.text)" : "pauses \(old.downtime.text) → \(new.downtime.text)")
  }

  private static func length(_ step: PlannedMigration) -> String {
    Duration(clampingSeconds: step.end.seconds - step.start.seconds).text
  }
}
