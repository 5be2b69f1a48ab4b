/// One thing that a store keeps, as it goes from one store to another.
public enum StoreEntry: Hashable, Sendable {
  /// A file that plans were made from.
  case text(StoredText)
  /// A plan.
  case plan(StoredPlan)
  /// An outcome of the plan with the digest `plan`; `sequence` counts from 1 in the order of recording.
  case outcome(plan: String, sequence: Int, RecordedOutcome)
}
