public import EvacuationModel
import Quantities

/// What one plan does otherwise than another, as a document.
public enum DiffJSON {
  /// `{"format": "evac.diff/1", "summary": {"before", "after"}, "changes": [...], "unchanged": N, "stays": {...}}`. A change is
  /// `changed`, `added` or `removed`, with the steps as in their plans.
  public static func encode(_ difference: PlanDifference) throws -> String {
    try JSONText.write(DiffObject(difference))
  }
}

private struct DiffObject: Encodable {
  let format = "evac.diff/1"
  let summary: [String: SummaryObject]
  let changes: [ChangeObject]
  let unchanged: Int
  let stays: [String: [UnplacedObject]]

  init(_ difference: PlanDifference) {
    summary = ["before": SummaryObject(difference.before), "after": SummaryObject(difference.after)]
    changes = difference.changes.map(ChangeObject.init)
    unchanged = difference.unchanged
    stays = [
      "still": difference.stillStays.map(UnplacedObject.init),
      "now": difference.staysNow.map(UnplacedObject.init),
      "no_longer": difference.staysNoLonger.map(UnplacedObject.init),
    ]
  }
}

private struct ChangeObject: Encodable {
  let vm: String
  let change: String
  let aspects: [String]
  let before: Nullable<StepObject>
  let after: Nullable<StepObject>
  let why: [String]

  init(_ change: PlanDifference.Change) {
    vm = change.vm.name
    self.change = change.before == nil ? "added" : change.after == nil ? "removed" : "changed"
    aspects = change.aspects.map(\.rawValue)
    before = Nullable(change.before.map(StepObject.init))
    after = Nullable(change.after.map(StepObject.init))
    why = change.why
  }
}
