public import EvacuationModel

/// What is otherwise in one plan than in another, as a document.
public enum PlanDifferenceJSON {
  /// `evac.difference/1`: guest by guest what the plan named `one` does with it and what the plan named `other` does.
  public static func encode(_ difference: PlanDifference, from one: String, to other: String) -> String {
    JSONText.write(
      Document(
        from: one, to: other, alike: difference.alike, changes: difference.changes.map(ChangeObject.init)))
  }

  private struct Document: Encodable {
    let format = "evac.difference/1"
    let from: String
    let to: String
    let alike: Int
    let changes: [ChangeObject]
  }
}

private struct ChangeObject: Encodable {
  let vm: String
  let aspects: [String]
  let before: FateObject
  let after: FateObject

  init(_ change: PlanDifference.Change) {
    vm = change.vm.name
    aspects = change.aspects.map(\.rawValue)
    before = FateObject(change.before, reasons: change.reasonsBefore)
    after = FateObject(change.after, reasons: change.reasonsAfter)
  }
}

/// The step where there is one, and the reasons that only this plan gives.
private struct FateObject: Encodable {
  let fate: String
  let step: Nullable<StepObject>
  let reasons: [String]

  init(_ fate: PlanDifference.Fate, reasons: [String]) {
    self.reasons = reasons
    switch fate {
    case .moves(let migration):
      self.fate = "moves"
      step = Nullable(StepObject(migration))
    case .stays:
      self.fate = "stays"
      step = Nullable(nil)
    case .isLeftAlone:
      self.fate = "left_alone"
      step = Nullable(nil)
    }
  }
}
