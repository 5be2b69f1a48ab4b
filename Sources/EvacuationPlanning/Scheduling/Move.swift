import EvacuationModel
import MigrationSimulation
import Quantities

/// A migration whose destination and mode are settled and whose time is not.
struct Move: Sendable {
  let vm: Int
  let source: Int
  let destination: Int
  var decision: ModeDecision
  let priority: Int
  /// The longest pause that the policy permits.
  let maxDowntime: Duration?
  /// Numbers of the network segments it crosses.
  let segments: [Int]
  /// What the narrowest of them carries, in bytes per second.
  let capacity: Double
  /// Indices of the moves that must have ended before it starts: they make room for it.
  var after: [Int] = []

  /// Seconds it takes alone.
  var seconds: Double { decision.forecast.duration?.seconds ?? 0 }

  var isCold: Bool { decision.mode == .cold }

  /// More than this, in bytes per second, it cannot use while memory travels.
  var most: Double { min(decision.demand.ceiling.bytesPerSecond, capacity) }
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
