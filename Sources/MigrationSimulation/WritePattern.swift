/// How a guest spreads its writes over memory and time, where that is known: a laboratory's guest, or a workload
/// that was looked at closely. By default steadily and at random.
public struct WritePattern: Hashable, Sendable {
  /// Page after page in a circle instead of at random.
  public var isCyclic: Bool
  /// Whether the working set is the lowest memory, its hottest part first, and what was never touched lies at the end:
  /// QEMU's scan then meets them in that order. Else they are taken for scattered.
  public var isLowestFirst: Bool
  /// Seconds of writing; the rate of the dirty curve is the mean over writing and rest.
  public var onSeconds: Double
  /// Seconds of rest after them; 0 for a steady writer.
  public var offSeconds: Double
  /// Where in that cycle the migration starts, from 0 to 1.
  public var phase: Double

  /// A pattern; by default a steady writer at random places.
  public init(
    isCyclic: Bool = false, isLowestFirst: Bool = false, onSeconds: Double = 0, offSeconds: Double = 0,
    phase: Double = 0
  ) {
    self.isCyclic = isCyclic
    self.isLowestFirst = isLowestFirst
    self.onSeconds = onSeconds
    self.offSeconds = offSeconds
    self.phase = phase
  }

  /// Whether it writes in bursts.
  public var isBursty: Bool { onSeconds > 0 && offSeconds > 0 }

  /// Whether what it dirties follows from the time alone.
  var isSteadyAndRandom: Bool { !isCyclic && !isBursty }

  /// Seconds of steady writing at the mean rate that dirty as much as the pattern does from `start` to `end`.
  func activeSeconds(from start: Double, to end: Double) -> Double {
    guard isBursty else { return end - start }
    let period = onSeconds + offSeconds
    func written(_ time: Double) -> Double {
      let shifted = time + phase * period
      let cycles = (shifted / period).rounded(.down)
      return cycles * onSeconds + min(shifted - cycles * period, onSeconds)
    }
    return (written(end) - written(start)) * period / onSeconds
  }
}
