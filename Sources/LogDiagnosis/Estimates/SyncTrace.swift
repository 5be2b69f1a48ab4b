import EvacuationModel

/// The moments at which QEMU took over what the guest had dirtied, as far as the looks at progress show them.
struct SyncTrace {
  /// One sync, or several that lie between two looks.
  struct Sync {
    /// Seconds of the transfer.
    let seconds: Double
    /// What remained right after it.
    let remaining: Double
    /// Seconds in which that was dirtied, where QEMU's own figures tell.
    let period: Double?
    /// How many there were since the look before.
    let count: Int
    /// The look after it.
    let next: ProgressSample
    /// Whether the guest was slowed down.
    let isThrottled: Bool
    /// Looks since the sync before.
    let looks: Int
  }

  let syncs: [Sync]
  /// Whether the passes are counted, and not only seen in the remainder.
  let isCounted: Bool
  /// How often more remained than at the look before.
  let setbacks: Int

  /// The syncs of a series on a path that carries `payload` guest bytes a second.
  init(_ series: ProgressSeries, payload: Double) {
    let samples = series.preCopy.filter { $0.remaining != nil }
    isCounted = samples.contains { $0.pass != nil }
    let limit = series.limits.last?.limit ?? 0.3
    var found: [Sync] = []
    var looks = 1
    var rises = 0
    for (one, next) in zip(samples, samples.dropFirst()) {
      let isRise = next.remaining ?? 0 > one.remaining ?? 0
      if isRise { rises += 1 }
      let count = isCounted ? max(0, (next.pass ?? 0) - (one.pass ?? 0)) : isRise ? 1 : 0
      guard count > 0 else {
        looks += 1
        continue
      }
      // It syncs as soon as less than the threshold remains, which is not yet nothing.
      let toGo = max(0, (one.remaining ?? 0) - payload * limit) / max(payload, 1)
      let seconds = count == 1 ? min(one.seconds + toGo, next.seconds) : next.seconds
      let told = Self.dirtied(by: next)
      found.append(
        Sync(
          seconds: seconds,
          remaining: told?.bytes ?? (next.remaining ?? 0) + payload * (next.seconds - seconds),
          period: told?.seconds, count: count, next: next, isThrottled: max(one.throttle, next.throttle) > 0,
          looks: looks))
      looks = 1
    }
    syncs = found
    setbacks = rises
  }

  /// What had been dirtied at the last sync, and in which time: QEMU's expected downtime is the first over the
  /// bandwidth of the moment, its dirty rate the first over the second.
  static func dirtied(by sample: ProgressSample) -> (bytes: Double, seconds: Double)? {
    guard let pause = sample.expectedDowntime, let rate = sample.dirtyRate, let wire = sample.reportedRate,
      rate > 0, pause > 0, wire > 0, sample.pass ?? 0 >= 2
    else { return nil }
    return (pause * wire, pause * wire / rate)
  }

  /// What remains after a sync once it no longer falls: the last three passes alike, and more than `most`, with
  /// which the migration would end.
  func steadyRemainder(above most: Double) -> (bytes: Double, seconds: Double)? {
    let last = syncs.dropFirst().suffix(3)
    guard isResolved, last.count == 3, last.allSatisfy({ $0.count == 1 && !$0.isThrottled }) else {
      return nil
    }
    let bytes = last.map(\.remaining)
    guard let first = bytes.first, let least = bytes.min(), let greatest = bytes.max(), least > 1.5 * most,
      greatest < 1.15 * least, bytes[bytes.count - 1] > 0.95 * first
    else { return nil }
    let spans = zip(syncs.suffix(3), syncs.dropLast().suffix(3)).map { $0.period ?? $0.seconds - $1.seconds }
    let seconds = spans.reduce(0, +) / 3
    return seconds > 0 ? (greatest, seconds) : nil
  }

  /// Whether passes are seen one by one and not only by chance.
  var isResolved: Bool { isCounted || (!syncs.isEmpty && syncs.allSatisfy { $0.looks >= 3 }) }
}
