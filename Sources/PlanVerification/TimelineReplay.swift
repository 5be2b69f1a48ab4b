/// The plan event by event: what checks of capacity, limits, links and groups walk through.
///
/// At equal times ends come before starts, and an end may lie a tolerance late. Steps with impossible times
/// are left out; `ForecastCheck` reports them.
struct TimelineReplay {
  /// What happens; at equal times in this order.
  enum Kind: Int {
    case transferEnd
    case end
    case start
    case transferStart
  }

  struct Event {
    /// Seconds since the plan's start; ends lie the tolerance earlier.
    let time: Double
    let kind: Kind
    /// An index of `ResolvedPlan.steps`.
    let step: Int
  }

  let events: [Event]

  init(of plan: ResolvedPlan) {
    var events: [Event] = []
    events.reserveCapacity(plan.steps.count * 4)
    for (index, step) in plan.steps.enumerated() where step.hasPossibleTimes {
      events.append(Event(time: step.start, kind: .start, step: index))
      events.append(Event(time: step.end - Tolerance.moment, kind: .end, step: index))
      let transferEnd = step.transferEnd - Tolerance.moment
      if step.transferStart < transferEnd {
        events.append(Event(time: step.transferStart, kind: .transferStart, step: index))
        events.append(Event(time: transferEnd, kind: .transferEnd, step: index))
      }
    }
    self.events = events.sorted {
      ($0.time, $0.kind.rawValue, $0.step) < ($1.time, $1.kind.rawValue, $1.step)
    }
  }
}
