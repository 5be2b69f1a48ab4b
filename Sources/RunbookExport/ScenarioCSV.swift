public import EvacuationModel
import Quantities

/// The results of scenarios as a table for other programs: RFC 4180 with a header line, but lines end
/// as every other output's do.
public enum ScenarioCSV {
  /// A line for each scenario, the base case first. Lists within a cell have blanks between their parts.
  public static func encode(_ results: [ScenarioResult]) -> String {
    ([header] + results.map(cells)).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static let header = [
    "number", "name", "changes", "completeness", "makespan_seconds", "makespan_p50_seconds",
    "makespan_p90_seconds", "lower_bound_seconds", "fits_window",
    "window_probability", "migrations", "live", "block", "cold",
    "unplaced", "bytes_transferred", "total_downtime_seconds", "max_downtime_seconds", "best",
    "on_pareto_front", "same_plan_as",
  ]

  private static func cells(_ result: ScenarioResult) -> [String] {
    let sum = result.summary
    func seconds(_ duration: Duration) -> String { JSONNumber(duration).text }
    return [
      "\(result.number)", result.scenario.name,
      result.scenario.changes.map { "\($0.key)=\($0.value)" }.joined(separator: "; "),
      result.completeness.rawValue, seconds(sum.makespan), seconds(sum.makespanP50),
      seconds(sum.makespanP90), seconds(sum.lowerBound), sum.fitsWindow.map { "\($0)" } ?? "",
      result.outlook.map { JSONNumber($0.probability).text } ?? "", "\(sum.migrations)", "\(sum.live)",
      "\(sum.block)", "\(sum.cold)", "\(result.stays)",
      "\(sum.bytesTransferred.bytes)", seconds(sum.totalDowntime), seconds(sum.maxDowntime),
      result.best.map(\.rawValue).joined(separator: " "), "\(result.isOnParetoFront)",
      result.samePlanAs.map { "\($0)" } ?? "",
    ]
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
