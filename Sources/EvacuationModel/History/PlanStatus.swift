public import Quantities

/// Where a plan is at some moment of its night, and how it is going to end.
public struct PlanStatus: Hashable, Sendable {
  /// What a step is at.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// The guest runs at its destination.
    case done
    /// It is under way.
    case underWay = "under_way"
    /// The guest is where it was.
    case failed
    /// Nobody is going to do it.
    case skipped
    /// It has not started.
    case waiting
    /// It has not started and cannot: a guest that had to leave before has not.
    case blocked
  }

  /// One step.
  public struct Step: Hashable, Sendable {
    /// As planned.
    public let step: PlannedMigration
    /// What it is at.
    public let state: State
    /// What was recorded last.
    public let outcome: RecordedOutcome?
    /// Where what it took lies in its band; `nil` unless it is done and somebody said how long it took.
    public let band: Pace.Band?
    /// When it started or is expected to; `nil` if it failed, was skipped or is blocked.
    public let start: Instant?
    /// When it ended or is expected to.
    public let end: Instant?
    /// Whether everything that it waits for has ended, so that it may start now.
    public let mayStart: Bool
    /// Whether it has been under way for longer than its forecast takes in 9 of 10 cases.
    public let isOverdue: Bool
  }

  /// The moment.
  public let now: Instant
  /// Where the plan as a whole is.
  public let status: PlanProgress.Status
  /// When the first step started; `nil` if none has.
  public let begun: Instant?
  /// How fast it has been.
  public let pace: Pace
  /// The steps, in the plan's order.
  public let steps: [Step]
  /// The end as it was planned, counted from when it began, or begins if that is to come.
  public let plannedEnd: Instant
  /// The end as it is expected now: of what is done, under way and waiting. What failed is not in it.
  public let expectedEnd: Instant
  /// The end that is exceeded in 1 of 10 cases.
  public let expectedEndP90: Instant
  /// As it was asked for.
  private let window: MaintenanceWindow
  /// When the window closes; `nil` without a window.
  public let windowEnd: Instant?
  /// Whether the end at the window's confidence lies within the window; `nil` without one.
  public let holdsWindow: Bool?

  /// How many steps are at `state`.
  public func count(_ state: State) -> Int { steps.count { $0.state == state } }

  /// What is left of the window from now on; of one without an end, all.
  public var windowLeft: MaintenanceWindow {
    guard let windowEnd else { return window }
    let left = windowEnd.secondsSince1970 - now.secondsSince1970
    return MaintenanceWindow(
      duration: Duration(clampingSeconds: max(0, left)), start: now, confidence: window.confidence)
  }

  /// How much later than planned the end is expected; negative: earlier.
  public var delay: Duration {
    Duration(clampingSeconds: expectedEnd.secondsSince1970 - plannedEnd.secondsSince1970)
  }

  /// The status of `plan` at `now`, after `outcomes` in the order in which they were recorded.
  ///
  /// What is to come is replayed in the plan's order: a step starts when all that it depends on has ended, as long after that
  /// as it was planned to (a host that comes back from maintenance takes its time), and takes its planned time times the
  /// pace so far. The end in 9 of 10 cases is as much later, measured from now, as the plan's own P90 exceeds its makespan:
  /// what makes one migration of a night slow makes the others slow, so fewer of them do not make the rest more certain.
  public init(of plan: EvacuationPlan, after outcomes: [RecordedOutcome], at now: Instant) {
    let progress = PlanProgress(outcomes)
    let pace = Pace(of: Self.measured(plan, progress))
    let begun = Self.begun(plan, outcomes)
    let opens = begun ?? max(now, plan.request.window.start ?? now)
    let replay = PlanReplay(plan, progress: progress, pace: pace.factor, begun: opens, now: now)
    steps = replay.steps
    self.now = now
    self.pace = pace
    self.begun = begun
    status = progress.status(ofSteps: plan.steps.count)
    plannedEnd = opens.advanced(by: plan.summary.makespan.seconds)
    expectedEnd = replay.end
    let makespan = plan.summary.makespan.seconds
    let spread = makespan > 0 ? max(1, plan.summary.makespanP90.seconds / makespan) : 1
    let left = replay.end.secondsSince1970 - max(now, opens).secondsSince1970
    expectedEndP90 = replay.end.advanced(by: max(0, left) * (spread - 1))
    let window = plan.request.window
    self.window = window
    windowEnd = window.duration.map { (window.start ?? opens).advanced(by: $0.seconds) }
    let end = window.confidence.fraction > 0.5 ? expectedEndP90 : expectedEnd
    holdsWindow = windowEnd.map { end.secondsSince1970 <= $0.secondsSince1970 }
  }

  /// The migrations that are done, with what they took.
  private static func measured(
    _ plan: EvacuationPlan, _ progress: PlanProgress
  ) -> [(forecast: MigrationForecast, took: Duration)] {
    plan.steps.compactMap { step in
      guard let outcome = progress.latest(of: step.id), outcome.result == .done,
        let took = outcome.whole(step.forecast)
      else { return nil }
      return (step.forecast, took)
    }
  }

  /// The earliest start of which anything is known. Of one that ended, as long before as it took, or was to take.
  private static func begun(_ plan: EvacuationPlan, _ outcomes: [RecordedOutcome]) -> Instant? {
    let planned = Dictionary(plan.steps.map { ($0.id, $0) }) { first, _ in first }
    return outcomes.compactMap { outcome in
      switch outcome.result {
      case .skipped: nil
      case .started: outcome.at
      case .done, .failed:
        outcome.at.advanced(
          by:
            -(planned[outcome.step].map { outcome.whole($0.forecast) ?? $0.end - $0.start }
            ?? outcome.took ?? .zero).seconds)
      }
    }.min()
  }
}

extension Instant {
  func advanced(by seconds: Double) -> Self { advanced(by: PlanTime(seconds: seconds)) }
}
