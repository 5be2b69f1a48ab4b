public import EvacuationModel

/// The results of scenarios as a document.
public enum ScenarioJSON {
  /// `evac.whatif/1`, the base case first. Besides what a plan's summary says, each scenario has its number, the
  /// guests that stay, the measures in which none is better, whether it is on the Pareto front of makespan and
  /// longest pause, the number of the scenario that it shares a plan with, and, with a window, the
  /// outlook that a plan has. `isSearched` says whether the plans were searched for better orders than the first good ones.
  public static func encode(_ results: [ScenarioResult], isSearched: Bool) throws -> String {
    try JSONText.write(Document(searched: isSearched, scenarios: results.map(ScenarioObject.init)))
  }

  private struct Document: Encodable {
    let format = "evac.whatif/1"
    let searched: Bool
    let scenarios: [ScenarioObject]
  }
}

private struct ScenarioObject: Encodable {
  let number: Int
  let name: String
  let changes: JSONValue
  let completeness: String
  let summary: SummaryObject
  let unplaced: Int
  let best: [String]
  let onParetoFront: Bool
  let samePlanAs: Nullable<Int>
  let window: Nullable<WindowObject>

  init(_ result: ScenarioResult) {
    number = result.number
    name = result.scenario.name
    var values: [String: String] = [:]
    for change in result.scenario.changes { values[change.key] = change.value }
    // Keys hold names of hosts and guests, and those hold anything.
    changes = .object(values.map { (JSONValue.escaped($0.key), .string($0.value)) })
    completeness = result.completeness.rawValue
    summary = SummaryObject(result.summary)
    unplaced = result.stays
    best = result.best.map(\.rawValue)
    onParetoFront = result.isOnParetoFront
    samePlanAs = Nullable(result.samePlanAs)
    window = Nullable(result.outlook.map { WindowObject($0, start: result.windowStart) })
  }
}

extension JSONValue {
  /// `text` as it stands between the quotes of a JSON string.
  fileprivate static func escaped(_ text: String) -> String {
    var quoted = ""
    quote(text, to: &quoted)
    return String(quoted.dropFirst().dropLast())
  }
}
