import EvacuationModel
import Quantities
import RunbookExport

/// Scenarios beside each other, the base case first.
struct WhatIfView {
  let results: [ScenarioResult]
  /// How many there would be without an interruption.
  let asked: Int
  /// Whether the plans were searched for better orders than the first good ones.
  let isSearched: Bool
  let paint: Paint

  /// More lines than this do not help a choice; those that stand out remain.
  private static let mostRows = 60

  /// The table with its legend.
  var text: String {
    let shown = shown
    var table = TextTable(columns.map { ($0.title, $0.alignment) })
    for result in shown { table.add(columns.map { $0.cell(result) }) }
    let lines = table.lines
    let head = lines.first.map { [paint.strong($0)] } ?? []
    return (head + lines.dropFirst() + [""] + legend(shown.count)).map { "\($0)\n" }.joined()
  }

  /// Where there are too many, those that stand out, the first of those that come to the same.
  private var shown: [ScenarioResult] {
    guard results.count > Self.mostRows else { return results }
    var seen: Set<PlanSummary> = []
    let standing = results.filter { result in
      guard result.number > 0, result.isOnParetoFront || !result.best.isEmpty else {
        return result.number == 0
      }
      return seen.insert(result.summary).inserted
    }
    return Array((standing.count > 1 ? standing : results).prefix(Self.mostRows))
  }

  private struct Column {
    let title: String
    var alignment = TextTable.Alignment.right
    let cell: (ScenarioResult) -> String
  }

  private var columns: [Column] {
    var columns = [
      Column(title: "#") { "\($0.number)" },
      Column(title: "", alignment: .left) { $0.isOnParetoFront ? "◆" : "" },
      measured("time P50", .makespanP50, \.makespanP50.text),
      measured("P90", .makespanP90, \.makespanP90.text),
      Column(title: "over bound", cell: Self.overBound),
      measured("longest pause", .maxDowntime, \.maxDowntime.text),
      measured("all pauses", .totalDowntime, \.totalDowntime.text),
      Column(title: "live/block/cold") { "\($0.summary.live)/\($0.summary.block)/\($0.summary.cold)" },
      Column(title: "stay ") { Self.marked("\($0.stays)", $0, .stays) },
      measured("to send", .bytes) { "\($0.bytesTransferred)" },
    ]
    if results.contains(where: { $0.summary.fitsWindow != nil }) {
      columns.append(
        Column(title: "window", alignment: .left, cell: Self.window))
    }
    columns.append(
      Column(title: "scenario", alignment: .left) { result in
        result.scenario.name + (result.samePlanAs.map { " (the plan of \($0))" } ?? "")
      })
    return columns
  }

  private func measured(
    _ title: String, _ measure: ScenarioMeasure, _ text: @escaping (PlanSummary) -> String
  ) -> Column {
    Column(title: title + " ") { Self.marked(text($0.summary), $0, measure) }
  }

  private static func marked(_ text: String, _ result: ScenarioResult, _ measure: ScenarioMeasure) -> String {
    text + (result.best.contains(measure) ? "*" : " ")
  }

  /// Whether the plan fits at the window's confidence, and how likely it is to end in time; how many hosts are left
  /// where not all fit.
  private static func window(_ result: ScenarioResult) -> String {
    guard let fits = result.summary.fitsWindow else { return "" }
    let left = result.outlook?.left.count ?? 0
    return (fits ? "fits" : "too short")
      + (result.outlook.map { ", \(WindowView.percent($0.probability))" } ?? "")
      + (left > 0 ? ", \(left) left" : "")
  }

  private static func overBound(_ result: ScenarioResult) -> String {
    let (makespan, bound) = (result.summary.makespan.seconds, result.summary.lowerBound.seconds)
    return bound > 0 ? "\(((makespan / bound - 1) * 100).text(places: 0)) %" : "–"
  }

  private func legend(_ rows: Int) -> [String] {
    let plans = results.count { $0.samePlanAs == nil }
    var lines = ["\(results.count) scenarios, \(plans) planned and verified"]
    if results.count < asked { lines[0] += "; interrupted before the other \(asked - results.count)" }
    if !isSearched { lines[0] += ", each in its first good order; --thorough searches for better ones" }
    if rows < results.count {
      lines.append("… and \(results.count - rows) more: --json or --csv lists them all")
    }
    if results.contains(where: { !$0.best.isEmpty }) { lines.append("*  the best of its column") }
    if results.contains(where: \.isOnParetoFront) {
      lines.append("◆  no other is better both in time and in its longest pause")
    }
    if Set(results.map(\.stays)).count > 1 {
      lines.append("   held against each other are those that leave as few behind as any")
    }
    return lines.map { paint.faint($0) }
  }
}
