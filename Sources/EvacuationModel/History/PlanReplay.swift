import Quantities

/// A plan played on from what has been recorded of it.
struct PlanReplay {
  private(set) var steps: [PlanStatus.Step] = []
  /// When all is over: the last migration, and whatever the plan has after it.
  private(set) var end: Instant

  private let progress: PlanProgress
  private let pace: Double
  private let begun: Instant
  private let now: Instant
  private let planned: [PlannedMigration.ID: PlannedMigration]
  private var states: [PlannedMigration.ID: PlanStatus.State] = [:]
  private var ends: [PlannedMigration.ID: Instant] = [:]

  /// Plays `plan`, which began at `begun`, on from `now`; forecasts are multiplied by `pace`.
  init(_ plan: EvacuationPlan, progress: PlanProgress, pace: Double, begun: Instant, now: Instant) {
    self.progress = progress
    self.pace = pace
    self.begun = begun
    self.now = now
    planned = Dictionary(plan.steps.map { ($0.id, $0) }) { first, _ in first }
    end = begun
    for step in plan.steps { play(step) }
    let last = steps.compactMap(\.end).max() ?? begun
    let rest = plan.summary.makespan.seconds - (plan.steps.map(\.end.seconds).max() ?? 0)
    end = last.advanced(by: max(0, rest))
  }

  private mutating func play(_ step: PlannedMigration) {
    let outcome = progress.latest(of: step.id)
    let state = state(of: step, outcome)
    let times = times(of: step, state, outcome)
    states[step.id] = state
    ends[step.id] = times?.end
    let took = state == .done ? outcome?.whole(step.forecast) : nil
    steps.append(
      PlanStatus.Step(
        step: step, state: state, outcome: outcome, band: took.map { Pace.band($0, of: step.forecast) },
        start: times?.start, end: times?.end,
        mayStart: state == .waiting && step.dependsOn.allSatisfy { progress.hasEnded($0) }
          && times.map { $0.start.secondsSince1970 <= max(now, begun).secondsSince1970 } ?? false,
        isOverdue: state == .underWay && isOverdue(step, outcome)))
  }

  private func state(of step: PlannedMigration, _ outcome: RecordedOutcome?) -> PlanStatus.State {
    switch outcome?.result {
    case .started: .underWay
    case .done: .done
    case .failed: .failed
    case .skipped: .skipped
    case nil: step.dependsOn.contains { isMissing($0, for: step) } ? .blocked : .waiting
    }
  }

  /// Whether `step` needs what the step `id` was to do and has not done: bring the guest, or make room for it. The others
  /// it only comes after.
  private func isMissing(_ id: PlannedMigration.ID, for step: PlannedMigration) -> Bool {
    guard let state = states[id], let other = planned[id] else { return false }
    switch state {
    case .failed, .skipped, .blocked: return other.vm == step.vm || other.source == step.destination
    case .done, .underWay, .waiting: return false
    }
  }

  private func times(
    of step: PlannedMigration, _ state: PlanStatus.State, _ outcome: RecordedOutcome?
  ) -> (start: Instant, end: Instant)? {
    let length = (step.end - step.start).seconds * pace
    switch state {
    case .failed, .skipped, .blocked: return nil
    case .done:
      guard let outcome else { return nil }
      return (outcome.at.advanced(by: -(outcome.whole(step.forecast)?.seconds ?? length)), outcome.at)
    case .underWay:
      guard let outcome else { return nil }
      return (outcome.at, max(now, outcome.at.advanced(by: length)))
    case .waiting:
      let start = max(now, start(of: step))
      return (start, start.advanced(by: length))
    }
  }

  /// As long after the last step that it depends on as planned.
  private func start(of step: PlannedMigration) -> Instant {
    let awaited = step.dependsOn.compactMap { id in planned[id].map { ($0.end, ends[id]) } }
    let known = awaited.compactMap(\.1).max()
    guard let plannedEnd = awaited.map(\.0).max() else { return begun.advanced(by: step.start) }
    return (known ?? now).advanced(by: max(0, step.start.seconds - plannedEnd.seconds))
  }

  private func isOverdue(_ step: PlannedMigration, _ outcome: RecordedOutcome?) -> Bool {
    guard let outcome, let most = step.forecast.durationP90 else { return false }
    return now.secondsSince1970 - outcome.at.secondsSince1970 > most.seconds
  }
}
