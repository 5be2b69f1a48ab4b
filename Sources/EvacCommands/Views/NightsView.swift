import EvacuationModel
import Quantities
import RunbookExport

/// Several windows for people: a row a night, then what is left.
struct NightsView {
  let nights: NightPlan
  /// What a store knows each night's plan by.
  let ids: [String]
  let paint: Paint

  var text: String {
    let hosts = nights.nights.reduce(0) { $0 + $1.plan.hostsToEmpty.count }
    let verdict =
      nights.left.isEmpty
      ? paint.good("complete: \(hosts) hosts")
      : paint.bad("partial: \(hosts) hosts, \(nights.left.count) are left")
    let count = nights.nights.count == 1 ? "1 night" : "\(nights.nights.count) nights"
    let sections = [[paint.strong(count) + " — \(verdict)"], table, left]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var table: [String] {
    guard !nights.nights.isEmpty else { return [] }
    var table = TextTable([
      ("night", .right), ("start", .left), ("hosts", .right), ("moves", .right), ("ends", .right),
      ("P90", .right), ("fits", .right), ("plan", .left), ("which", .left),
    ])
    for (night, id) in zip(nights.nights, ids) {
      let plan = night.plan
      let outlook = plan.outlook
      table.add([
        "\(night.number)", plan.request.window.start?.readable ?? "–", "\(plan.hostsToEmpty.count)",
        "\(plan.steps.count)", plan.summary.makespan.text, plan.summary.makespanP90.text,
        outlook.map { "\(Ratio.percent(($0.probability.fraction * 100).rounded(.down)))" } ?? "–",
        id, Self.names(plan.hostsToEmpty),
      ])
    }
    let lines = table.lines
    return [paint.strong(lines.first ?? "")] + lines.dropFirst()
  }

  private static func names(_ hosts: [Host.ID]) -> String {
    let shown = hosts.prefix(4).map { VisibleText.of($0.name) }.joined(separator: ", ")
    return hosts.count > 4 ? "\(shown) and \(hosts.count - 4) more" : shown
  }

  private var left: [String] {
    guard !nights.left.isEmpty else { return [] }
    return [paint.strong("Left")]
      + nights.left.map { "  \(VisibleText.of($0.host.name)): \(VisibleText.of($0.reason))" }
  }
}
