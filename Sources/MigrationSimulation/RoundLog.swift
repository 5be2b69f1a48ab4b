import EvacuationModel
import Quantities

/// The passes of a migration as they are told: one by one, and what goes on for long as one run.
struct RoundLog: Sendable {
  private(set) var rounds: [MigrationRound] = []

  /// A pass that ended at `end` after `interval` seconds; bytes are guest data.
  mutating func add(
    _ round: Int, interval: Double, end: Double, sent: Double, remaining: Double, dirtied: Double,
    throttle: Double
  ) {
    let round = MigrationRound(
      round: round, start: Duration(clampingSeconds: end - interval),
      duration: Duration(clampingSeconds: interval),
      sent: ByteCount(rounding: sent * PreCopyConstants.wirePerPageByte),
      remaining: ByteCount(rounding: remaining), dirtied: ByteCount(rounding: dirtied),
      throttle: Ratio(throttle))
    if rounds.count >= PreCopyConstants.mostRounds, let last = rounds.popLast() {
      rounds.append(last.extended(by: round))
    } else {
      rounds.append(round)
    }
  }

  /// `count` passes like the latest one, from `first` on, that took `duration` seconds together.
  mutating func addLike(_ count: Int, from first: Int, duration: Double, end: Double, sent: Double) {
    guard let like = rounds.popLast() else { return }
    var run = like
    run.round = first
    run.repeats = count
    run.start = Duration(clampingSeconds: end - duration)
    run.duration = Duration(clampingSeconds: duration)
    run.sent = ByteCount(rounding: sent * PreCopyConstants.wirePerPageByte)
    rounds.append(like.extended(by: run))
  }
}

extension MigrationRound {
  /// This round and `next` as one run of rounds, with what was left and dirtied at its end.
  fileprivate func extended(by next: Self) -> Self {
    var run = self
    run.repeats += next.repeats
    run.duration += next.duration
    run.sent += next.sent
    run.remaining = next.remaining
    run.dirtied = next.dirtied
    run.throttle = next.throttle
    return run
  }
}
