/// What remains of a migration as a platform sees it that polls it: the values at regular moments. Between two syncs
/// the remainder falls in a straight line, so that the polls of a pass need not be walked one by one.
struct PolledRemainder: Hashable, Sendable {
  /// One poll: seconds of transfer, and bytes.
  struct Look: Hashable, Sendable {
    let time: Double
    let remaining: Double
  }

  private(set) var period: Double
  private var origin: Double
  private var line: Look
  /// The latest poll.
  private(set) var last: Look?

  init(every period: Double, from start: Double, remaining: Double) {
    self.period = period
    origin = start
    line = Look(time: start, remaining: remaining)
  }

  /// Takes in the polls since the latest sync, up to `now`, when `remaining` is left.
  mutating func fall(to now: Double, remaining: Double) {
    let count = polls(until: now)
    guard count > polls(until: line.time) else { return }
    let time = origin + count * period
    let share = (time - line.time) / (now - line.time)
    last = Look(time: time, remaining: line.remaining + (remaining - line.remaining) * min(1, share))
  }

  /// From here on it falls from `remaining`.
  mutating func refill(at now: Double, remaining: Double) { line = Look(time: now, remaining: remaining) }

  func next(after now: Double) -> Double { origin + (polls(until: now) + 1) * period }

  /// Polls from the latest one on every `period` seconds.
  mutating func change(period: Double) {
    origin = last?.time ?? origin
    self.period = period
  }

  private func polls(until now: Double) -> Double { ((now - origin) / period + 1e-9).rounded(.down) }
}
