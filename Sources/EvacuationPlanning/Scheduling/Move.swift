import EvacuationModel
import MigrationSimulation
import Quantities

/// A migration whose destination and mode are settled and whose time is not. A class, because searches hand many of
/// them around.
final class Move: Sendable {
  let vm: Int
  let source: Int
  let destination: Int
  let decision: ModeDecision
  let priority: Int
  /// The longest pause that the policy permits.
  let maxDowntime: Duration?
  /// Numbers of the network segments it crosses.
  let segments: [Int]
  /// What the narrowest of them carries, in bytes per second.
  let capacity: Double
  /// Indices of the moves that must have ended before it starts: they make room for it.
  let after: [Int]
  /// When it must not be under way, in seconds of the plan, in order and apart from each other.
  let closed: [ClosedRange<Double>]
  /// Seconds it takes alone.
  let seconds: Double
  let isCold: Bool
  /// Whether anything of it crosses the network at all.
  let hasTraffic: Bool
  /// More than this, in bytes per second, it cannot use while memory travels. A prescribed duration says nothing of
  /// disks that travel beside memory.
  let most: Double
  /// What its prescribed duration holds of its path, in bytes per second.
  let reserved: Double

  /// The number of the slots at its source that it can use: those for live or those for cold migrations.
  var queue: Int { 2 * source + (isCold ? 1 : 0) }

  init(
    vm: Int, source: Int, destination: Int, decision: ModeDecision, priority: Int, maxDowntime: Duration?,
    segments: [Int], capacity: Double, after: [Int] = [], closed: [ClosedRange<Double>] = []
  ) {
    self.vm = vm
    self.source = source
    self.destination = destination
    self.decision = decision
    self.priority = priority
    self.maxDowntime = maxDowntime
    self.segments = segments
    self.capacity = capacity
    self.after = after
    self.closed = closed
    let demand = decision.demand
    seconds = decision.forecast.duration?.seconds ?? 0
    isCold = decision.mode == .cold
    hasTraffic = demand.hasTraffic
    most = min((demand.prescribed == nil ? demand.ceiling : demand.cap).bytesPerSecond, capacity)
    reserved = Self.reserved(by: decision, capacity: capacity)
  }

  /// The same after the moves `after`.
  func following(_ after: [Int]) -> Move { with(decision, after: after, closed: closed) }

  /// The same with further reasons before its own.
  func because(_ further: [String]) -> Move {
    with(decision.because(further), after: after, closed: closed)
  }

  /// The same, not to be under way at the times `closed`.
  func closed(_ closed: [ClosedRange<Double>]) -> Move { with(decision, after: after, closed: closed) }

  private func with(_ decision: ModeDecision, after: [Int], closed: [ClosedRange<Double>]) -> Move {
    Move(
      vm: vm, source: source, destination: destination, decision: decision, priority: priority,
      maxDowntime: maxDowntime, segments: segments, capacity: capacity, after: after,
      closed: closed)
  }

  /// What a prescribed duration holds of each segment from start to end: the cap with which it was measured, nothing
  /// where there is none.
  static func reserved(by decision: ModeDecision, capacity: Double) -> Double {
    let cap = decision.demand.cap.bytesPerSecond
    guard decision.demand.prescribed != nil, decision.demand.hasTraffic, cap.isFinite else { return 0 }
    return min(cap, capacity)
  }
}

extension Move {
  /// The first moment from `time` on at which it may start, so that it has ended, even at its P90 alone on the path,
  /// before it must not be under way any more.
  func opening(after time: Double) -> Double {
    let length = max(seconds, decision.forecast.durationP90?.seconds ?? seconds)
    return closed.reduce(time) { start, range in
      start < range.upperBound && start + length > range.lowerBound ? range.upperBound : start
    }
  }
}

/// A migration with its time.
struct ScheduledMove: Sendable {
  /// Index into the moves.
  let move: Int
  let batch: Int
  let start: Double
  let end: Double
  /// The lowest share it had while it transferred, in bytes per second.
  let share: Double
  /// Indices of moves whose end it waited for.
  let waitedFor: [Int]
  let forecast: MigrationForecast
}

/// All migrations with their times.
struct Schedule: Sendable {
  /// In order of start.
  let moves: [ScheduledMove]

  var makespan: Double { moves.map(\.end).max() ?? 0 }
}
