import ArgumentParser
import EvacuationModel

/// The way home after a plan.
struct RestoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Bring the guests that this plan of the store moved back to where they were, from what was recorded of it, or from an inventory taken since.",
      valueName: "plan"))
  var restore: String?

  @Option(
    help: ArgumentHelp(
      "Bring back only those: all, affinity (groups that the plan broke), local (guests with local disks), balance (hosts that are fuller than the cluster on average).",
      valueName: "what"))
  var restoreOnly: String = RestoreRequest.Scope.all.rawValue

  /// Who is to go home.
  var scope: RestoreRequest.Scope { .init(rawValue: restoreOnly) ?? .all }

  func validate() throws {
    guard RestoreRequest.Scope(rawValue: restoreOnly) != nil else {
      let words = RestoreRequest.Scope.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--restore-only takes one of \(words)")
    }
    if restore == nil, scope != .all { throw ValidationError("--restore-only goes with --restore") }
  }
}
