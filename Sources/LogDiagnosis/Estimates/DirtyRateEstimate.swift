import EvacuationModel

/// How much distinct memory the guest dirties in which time.
struct DirtyRateEstimate {
  /// The shortest period first.
  private(set) var rates: [DistinctDirtyRate] = []
  /// What remains after a sync in the state that the migration has settled into, in bytes.
  private(set) var steadyRemainder: Double?

  init(_ series: ProgressSeries, trace: SyncTrace, firstPass: FirstPassEstimate, payload: Double) {
    let measured =
      trace.isResolved
      ? Self.fromSyncs(trace) + Self.fromExpectedDowntime(series, trace: trace, payload: payload) : []
    rates = measured.filter { $0.bytesPerSecond.isFinite && $0.overSeconds > 0 && $0.overSeconds.isFinite }
      .sorted { ($0.overSeconds, $0.bytesPerSecond) < ($1.overSeconds, $1.bytesPerSecond) }
    guard rates.isEmpty, let length = firstPass.length else { return }
    takeFloor(series, after: firstPass.after, firstPass: length, payload: payload)
  }

  /// From sync to sync: QEMU's own figure where it was taken anew, else what remained. A guest that was slowed
  /// down does not show what it does by itself.
  private static func fromSyncs(_ trace: SyncTrace) -> [DistinctDirtyRate] {
    var rates: [DistinctDirtyRate] = []
    var evaluated = 0.0
    var last: Double?
    var before = 0.0
    for sync in trace.syncs {
      let span = sync.seconds - before
      before = sync.seconds
      if let rate = sync.next.dirtyRate {
        guard rate != last else { continue }
        // Evaluated at the first sync more than a second after the last evaluation (QEMU migration/ram.c).
        let period = sync.count == 1 ? max(sync.seconds - evaluated, 1) : max(span / Double(sync.count), 1)
        if !sync.isThrottled { rates.append(.init(bytesPerSecond: rate, overSeconds: period)) }
        evaluated = sync.seconds
        last = rate
      } else if sync.count == 1, span > 0, !sync.isThrottled {
        rates.append(.init(bytesPerSecond: sync.remaining / span, overSeconds: span))
      }
    }
    return rates
  }

  /// A single look tells the period as well: QEMU's expected downtime is what remained at the sync over the
  /// bandwidth.
  private static func fromExpectedDowntime(_ series: ProgressSeries, trace: SyncTrace, payload: Double)
    -> [DistinctDirtyRate]
  {
    guard trace.syncs.isEmpty, let sample = series.preCopy.last, sample.throttle == 0,
      let rate = sample.dirtyRate, let pause = sample.expectedDowntime, pause > 0, sample.pass ?? 0 >= 2
    else { return [] }
    let bandwidth = sample.reportedRate.map { $0 * WireFormat.payloadShare } ?? payload
    return [.init(bytesPerSecond: rate, overSeconds: pause * bandwidth / rate)]
  }

  /// Looks far apart show no pass. In the state that it settles into, D(T) = B·T, so what remains at any look was
  /// dirtied in the time that it takes to be sent, or in less.
  private mutating func takeFloor(
    _ series: ProgressSeries, after: [ProgressSample], firstPass: Bounds, payload: Double
  ) {
    guard payload > 0 else { return }
    let settled = after.filter { sample in
      sample.seconds - firstPass.high >= 5 * (sample.remaining ?? .infinity) / payload
    }
    // What remains just before a sync says nothing about what remains after it.
    let least = payload * 0.05
    if let most = settled.compactMap(\.remaining).max(), most > least {
      steadyRemainder = most
      rates = [.init(bytesPerSecond: payload, overSeconds: most / payload, isFloor: true)]
    } else if let most = after.first?.remaining, most > least, firstPass.high > 0 {
      rates = [.init(bytesPerSecond: most / firstPass.high, overSeconds: firstPass.high, isFloor: true)]
    }
  }
}
