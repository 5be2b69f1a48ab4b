public import EvacuationModel
import Quantities

/// A plan as a Mermaid gantt: a section for each batch, one for the maintenance. Cold migrations are marked critical,
/// as their guests are off, block migrations active.
public enum PlanGantt {
  /// The diagram, without a fence around it. Times are seconds: of the clock where the plan knows its start (in UTC, as
  /// Mermaid has no zones), else from the start.
  public static func render(_ plan: EvacuationPlan) -> String {
    let start = plan.request.window.start?.secondsSince1970.rounded(.down) ?? 0
    let byBatch = Dictionary(grouping: plan.steps, by: \.batch)
    let sections = plan.steps.map(\.batch).uniqued().map { batch -> [String] in
      let steps = byBatch[batch] ?? []
      let wave = plan.waves.count > 1 ? steps.first.map { " (wave \($0.wave))" } ?? "" : ""
      return ["    section Batch \(batch)\(wave)"] + steps.map { task($0, start) }
    }
    let lines =
      [
        "gantt", "    title \(MermaidText.label(ShellRunbook.title(plan)))", "    dateFormat X",
        "    axisFormat %H:%M:%S",
      ] + sections.joined() + maintenance(plan, start)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func task(_ step: PlannedMigration, _ start: Double) -> String {
    let tag =
      switch step.mode {
      case .live: ""
      case .block: "active, "
      case .cold: "crit, "
      }
    let label = MermaidText.label("\(step.id) \(step.vm) \(step.mode.rawValue) to \(step.destination)")
    return "    \(label) :\(tag)\(span(step.start, step.end, start))"
  }

  private static func maintenance(_ plan: EvacuationPlan, _ start: Double) -> [String] {
    let waves = plan.waves.filter { $0.maintenanceEnd > $0.maintenanceStart }
    guard !waves.isEmpty else { return [] }
    return ["    section Maintenance"]
      + waves.flatMap { wave in
        wave.hosts.map { host in
          "    \(MermaidText.label(host.name)) :\(span(wave.maintenanceStart, wave.maintenanceEnd, start))"
        }
      }
  }

  /// At least a second, as a bar of nothing is not drawn.
  private static func span(_ from: PlanTime, _ to: PlanTime, _ start: Double) -> String {
    let whole = { (value: Double) in max(0, min(1e12, value.rounded())) }
    let begin = whole(start + from.seconds)
    return "\(begin.text(places: 0)), \(max(begin + 1, whole(start + to.seconds)).text(places: 0))"
  }
}
