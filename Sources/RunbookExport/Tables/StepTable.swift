public import EvacuationModel
import Quantities

/// The steps of a plan as a table for spreadsheets and owners' mails: RFC 4180, lines end with CR LF.
public enum StepTable {
  /// A line for each step in the plan's order, then one with the mode `stays` for each guest that no step moves.
  public static func render(_ plan: EvacuationPlan) -> String {
    ([header] + plan.steps.map { cells($0, plan) } + plan.unplaced.map(cells)).map(CSVText.line).joined()
  }

  private static let header = [
    "step", "wave", "batch", "vm", "id", "mode", "source", "destination", "planned_start", "start_seconds",
    "duration_seconds", "duration_p90_seconds", "downtime_seconds", "downtime_p90_seconds", "limit_seconds",
    "depends_on", "reasons",
  ]

  private static func cells(_ step: PlannedMigration, _ plan: EvacuationPlan) -> [String] {
    let expected = RunbookMigration(step)
    func seconds(_ duration: Duration) -> String { JSONNumber(duration).text }
    return [
      step.id.name, "\(step.wave)", "\(step.batch)", step.vm.name, step.guest.platformID ?? "",
      step.mode.rawValue,
      step.source.name, step.destination.name,
      plan.request.window.start?.advanced(by: step.start).readable ?? "",
      JSONNumber(seconds: step.start.seconds).text, seconds(expected.duration), seconds(expected.durationP90),
      seconds(expected.pause), seconds(expected.pauseP90), seconds(WorryRule.limit(for: step).decideAfter),
      step.dependsOn.map(\.name).joined(separator: " "), step.reasons.joined(separator: "; "),
    ]
  }

  private static func cells(_ staying: UnplacedVirtualMachine) -> [String] {
    ["", "", "", staying.vm.name, staying.platformID ?? "", "stays", staying.host.name]
      + Array(repeating: "", count: 9) + [staying.message]
  }
}
