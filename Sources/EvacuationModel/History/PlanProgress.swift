/// What has been recorded of a plan's steps so far.
public struct PlanProgress: Hashable, Sendable {
  /// Where a plan is.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    /// Nothing has been recorded.
    case planned
    /// Some steps are still to come, or failed.
    case underWay = "under_way"
    /// Every step is done or skipped.
    case done
  }

  private var latest: [PlannedMigration.ID: RecordedOutcome] = [:]

  /// Where the plan of `outcomes` is, which stand in the order in which they were recorded.
  public init(_ outcomes: [RecordedOutcome]) {
    for outcome in outcomes { add(outcome) }
  }

  /// Counts `outcome`, which was recorded after all others.
  public mutating func add(_ outcome: RecordedOutcome) { latest[outcome.step] = outcome }

  /// What counts for `step`; `nil` if nothing was recorded.
  public func latest(of step: PlannedMigration.ID) -> RecordedOutcome? { latest[step] }

  /// How many steps are at `result`, such as `done`.
  public func count(_ result: String) -> Int { latest.values.count { $0.result.name == result } }

  /// Whether `step` no longer runs and is not waited for: done, failed or skipped.
  public func hasEnded(_ step: PlannedMigration.ID) -> Bool {
    switch latest[step]?.result {
    case nil, .started: false
    case .done, .failed, .skipped: true
    }
  }

  /// Where a plan of `steps` steps is.
  public func status(ofSteps steps: Int) -> Status {
    guard !latest.isEmpty else { return .planned }
    return count("done") + count("skipped") >= steps ? .done : .underWay
  }
}
