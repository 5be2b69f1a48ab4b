import EvacuationModel
import Quantities

/// The passes of one migration as they are told: the first ones one by one, what follows as one run.
struct RoundRecord: Sendable {
  private(set) var rounds: [MigrationRound] = []

  mutating func add(_ round: MigrationRound) {
    if rounds.count >= PreCopyConstants.mostRounds, let last = rounds.popLast() {
      rounds.append(last.extended(by: round))
    } else {
      rounds.append(round)
    }
  }

  /// Adds `count` passes like the last one, that together sent `sent` bytes from `start` on for `seconds`.
  mutating func addLike(_ count: Int, from first: Int, start: Double, seconds: Double, sent: Double) {
    guard let last = rounds.popLast() else { return }
    rounds.append(
      last.extended(
        by: MigrationRound(
          round: first, repeats: count, start: Duration(clampingSeconds: start),
          duration: Duration(clampingSeconds: seconds), sent: ByteCount(rounding: sent),
          remaining: last.remaining, dirtied: last.dirtied, throttle: last.throttle)))
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
