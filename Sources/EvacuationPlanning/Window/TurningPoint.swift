import EvacuationModel
import MigrationSimulation
import Quantities

/// When going back begins to cost more than going on.
///
/// Going on costs the rest of the plan. Going back costs the time in which all guests that have left the hosts under
/// way are home again: their migrations reversed, under the same limits. What is under way at the moment itself is
/// cancelled, which costs nothing: a guest in pre-copy runs on where it is. Both are taken as planned.
struct TurningPoint {
  private let script: PlanScript
  private let plan: EvacuationPlan
  /// Steps whose guests would have to come back, by end.
  private let steps: [Int]
  private let makespan: Double
  private let lastChance: Double
  private var known: [Int: Double] = [:]

  /// In a rolling maintenance only the host that is closed last counts: the hosts before it are done, or out.
  init(_ plan: EvacuationPlan, script: PlanScript) {
    self.plan = plan
    self.script = script
    let isRolling = plan.request.rolling != nil
    let last = plan.waves.indices.max {
      plan.waves[$0].maintenanceStart < plan.waves[$1].maintenanceStart
    }
    makespan = plan.summary.makespan.seconds
    lastChance = isRolling ? last.map { plan.waves[$0].maintenanceStart.seconds } ?? 0 : makespan
    steps = plan.steps.indices.filter { !isRolling || script.cues[$0].empties == last }
      .sorted { (plan.steps[$0].end, $0) < (plan.steps[$1].end, $1) }
  }

  /// The first moment from which on going back takes longer than going on.
  mutating func pointOfNoReturn() -> PlanTime? {
    guard !steps.isEmpty else { return nil }
    // The more have moved, the longer the way back and the shorter the rest.
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if secondsBack(middle + 1) >= makespan - end(middle) { high = middle } else { low = middle + 1 }
    }
    // Between two ends the way back stays as it is and the rest becomes shorter.
    let before = max(low > 0 ? end(low - 1) : 0, makespan - secondsBack(low))
    return PlanTime(seconds: min(before, low < steps.count ? end(low) : makespan, lastChance))
  }

  /// The last moment at which everybody can be back before `window` seconds have passed; `nil` where there is time for
  /// that until the end.
  mutating func turnBackBy(window: Double) -> PlanTime? {
    guard !steps.isEmpty else { return nil }
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if end(middle) + secondsBack(middle + 1) > window { high = middle } else { low = middle + 1 }
    }
    let latest = max(0, min(window - secondsBack(low), low < steps.count ? end(low) : .infinity))
    return latest < lastChance ? PlanTime(seconds: latest) : nil
  }

  private func end(_ place: Int) -> Double { plan.steps[steps[place]].end.seconds }

  /// Seconds for the way back of the first `count` that have moved.
  private mutating func secondsBack(_ count: Int) -> Double {
    if let seconds = known[count] { return seconds }
    let moved = steps.prefix(count).reversed()
    let places = firstNumbers(Array(moved))
    let moves = moved.map { step in
      let move = script.moves[step]
      let segments = script.paths.segments(from: move.destination, to: move.source)
      let after = isRoomMade ? script.cues[step].followers.compactMap { places[$0] } : []
      return Move(
        vm: move.vm, source: move.destination, destination: move.source, decision: move.decision,
        priority: 0, maxDowntime: nil, segments: segments,
        capacity: script.paths.sharing.capacity(along: segments), after: after)
    }
    var needs = ShareNeeds(moves)
    let table = BatchBuilder(moves: moves, paths: script.paths, limits: script.limits)
      .timetable(order: Array(moves.indices), needs: &needs)
    let seconds = table.entries.count == moves.count ? table.makespan : .infinity
    known[count] = seconds
    return seconds
  }

  /// Whether steps wait for the room that others make, so that the way back has to follow the reverse order.
  private var isRoomMade: Bool {
    let drained = Set(plan.request.drain)
    return plan.request.rolling == nil && plan.steps.contains { !drained.contains($0.source) }
  }
}
