/// Recognises a migration that gets nowhere: the mean remainder of sixteen passes is that of the sixteen before,
/// within 0.3 %, and well above the threshold; or a thousand passes have not ended it.
///
/// A guest that converges by less than 0.3 % in sixteen passes is taken for one that does not; it writes at the very
/// edge of what the path carries.
struct SteadyState: Sendable {
  /// How many passes make a period.
  private static let passes = 16
  /// After so many periods nobody looks for likeness any more: quota windows can make orbits that never repeat.
  private static let patience = 64

  private var count = 0
  private var sum = 0.0
  private var least = Double.infinity
  private var start: Double?
  private var lastMean: Double?
  private var periods = 0
  private var first = 0.0
  private var last: (time: Double, remaining: Double)?

  /// The passes that have become alike and how long they took; starts anew then. If it is known that the migration
  /// `diverges`, one pass like the one before is enough.
  ///
  /// Called after each sync with what remains then.
  mutating func period(
    after remaining: Double, at now: Double, threshold: Double, diverges: Bool
  ) -> (passes: Int, seconds: Double)? {
    if let last, diverges, abs(remaining - last.remaining) <= 0.001 * remaining, now > last.time {
      self = Self()
      return (1, now - last.time)
    }
    last = (now, remaining)
    return blocks(after: remaining, at: now, threshold: threshold).map { (Self.passes, $0) }
  }

  private mutating func blocks(after remaining: Double, at now: Double, threshold: Double) -> Double? {
    guard let start else {
      self.start = now
      first = now
      return nil
    }
    count += 1
    sum += remaining
    least = min(least, remaining)
    guard count == Self.passes else { return nil }
    periods += 1
    let mean = sum / Double(Self.passes)
    let isLike = lastMean.map { abs(mean - $0) <= 0.003 * mean } ?? false
    if isLike, least > threshold * 1.02 {
      self = Self()
      return now - start
    }
    if periods == Self.patience {
      let average = (now - first) / Double(periods)
      self = Self()
      return average
    }
    (count, sum, least) = (0, 0, .infinity)
    self.start = now
    lastMean = mean
    return nil
  }
}
