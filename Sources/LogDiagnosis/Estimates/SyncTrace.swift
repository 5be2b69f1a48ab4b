import EvacuationModel

/// The moments at which QEMU took over what the guest had dirtied, as far as the looks at progress show them.
struct SyncTrace {
  /// One sync, or several that lie between two looks.
  struct Sync {
    /// Seconds of the transfer.
    let seconds: Double
    /// What remained right after it.
    let remaining: Double
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
      found.append(
        Sync(
          seconds: seconds, remaining: (next.remaining ?? 0) + payload * (next.seconds - seconds), count: count,
          next: next, isThrottled: max(one.throttle, next.throttle) > 0, looks: looks))
      looks = 1
    }
    syncs = found
    setbacks = rises
  }

  /// Whether passes are seen one by one and not only by chance.
  var isResolved: Bool { isCounted || (!syncs.isEmpty && syncs.allSatisfy { $0.looks >= 3 }) }
}
