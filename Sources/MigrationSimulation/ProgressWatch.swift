import EvacuationModel

/// A platform's progress timeout.
///
/// Nova's (up to Rocky, bug 1644248) takes for progress only that a poll sees less than every poll before. The first
/// pass ends at the foot of a saw-tooth that later passes meet between two polls, so that after a while no poll sees
/// less although nothing is wrong.
struct ProgressWatch: Sendable {
  /// Seconds between two polls of Nova's monitor.
  static let pollSeconds = 0.5

  private let timeout: Double
  private let rule: ProgressRule
  private var polls: PolledRemainder
  private var lowWatermark = Double.infinity
  private var progressAt: Double
  private var sentAtProgress = 0.0

  init(timeout: Double, rule: ProgressRule, from start: Double, remaining: Double) {
    self.timeout = timeout
    self.rule = rule
    polls = PolledRemainder(every: Self.pollSeconds, from: start, remaining: remaining)
    progressAt = start
  }

  /// When it ends the migration unless there is progress before. Nova waits for more than its timeout, at a poll.
  var abortAt: Double { progressAt + timeout + (rule == .lowWatermark ? Self.pollSeconds : 0) }

  var anySendingIsProgress: Bool { rule == .previousPoll }

  /// Like passes show no poll less than those before.
  mutating func skipped(to now: Double, remaining: Double) { polls.refill(at: now, remaining: remaining) }

  mutating func synced(at now: Double, before: Double, after: Double) {
    look(at: now, remaining: before)
    polls.refill(at: now, remaining: after)
  }

  /// Whether the time has come, and there was no progress in what has been `sent` and what is `remaining`.
  mutating func isStuck(at now: Double, remaining: Double, sent: Double) -> Bool {
    guard now >= abortAt - 1e-9 else { return false }
    if rule == .previousPoll {
      guard sent > sentAtProgress else { return true }
      sentAtProgress = sent
      progressAt = now
      return false
    }
    look(at: now, remaining: remaining)
    return now >= abortAt - 1e-9
  }

  private mutating func look(at now: Double, remaining: Double) {
    polls.fall(to: now, remaining: remaining)
    // A mark of nothing is no mark: Nova takes the next poll's instead.
    guard let last = polls.last, last.remaining < lowWatermark || lowWatermark == 0, last.time > progressAt
    else { return }
    lowWatermark = last.remaining
    progressAt = last.time
  }
}
