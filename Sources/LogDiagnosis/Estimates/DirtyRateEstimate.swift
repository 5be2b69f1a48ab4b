import EvacuationModel

/// How much distinct memory the guest dirties in which time.
struct DirtyRateEstimate {
  /// The shortest period first.
  private(set) var rates: [DistinctDirtyRate] = []
  /// What remains after a sync in the state that the migration has settled into, and in which time that much was
  /// dirtied.
  private(set) var steady: (bytes: Double, seconds: Double)?

  /// `most` is what may remain at the platform's highest downtime limit for the migration to end.
  init(
    _ series: ProgressSeries, trace: SyncTrace, firstPass: FirstPassEstimate, payload: Double, most: Double
  ) {
    var measured = trace.isResolved ? Self.fromSyncs(trace) : []
    if trace.syncs.isEmpty { measured += Self.fromLastLook(series) + Self.fromChanges(series) }
    steady = series.ending == .completed ? nil : trace.steadyRemainder(above: most)
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
        let between = sync.count == 1 ? sync.seconds - evaluated : span / Double(sync.count)
        let period = max(sync.count == 1 ? sync.period ?? between : between, 1)
        if !sync.isThrottled { rates.append(.init(bytesPerSecond: rate, overSeconds: period)) }
        evaluated = sync.seconds
        last = rate
      } else if sync.count == 1, span > 0, !sync.isThrottled {
        rates.append(.init(bytesPerSecond: sync.remaining / span, overSeconds: span))
      }
    }
    return rates
  }

  /// Without a sync between two looks: what QEMU says of the one before.
  private static func fromLastLook(_ series: ProgressSeries) -> [DistinctDirtyRate] {
    guard let sample = series.preCopy.last, sample.throttle == 0, let rate = sample.dirtyRate,
      let told = SyncTrace.dirtied(by: sample)
    else { return [] }
    return [.init(bytesPerSecond: rate, overSeconds: told.seconds)]
  }

  /// Where neither passes nor remainders are logged (Proxmox): a figure that changes from one look to a later one
  /// was taken anew over the time between. Proxmox may have slowed the guest down, hence at least.
  private static func fromChanges(_ series: ProgressSeries) -> [DistinctDirtyRate] {
    guard !series.preCopy.contains(where: { $0.remaining != nil }) else { return [] }
    var rates: [DistinctDirtyRate] = []
    var last: ProgressSample?
    for sample in series.preCopy {
      guard let rate = sample.dirtyRate else {
        last = nil
        continue
      }
      if let since = last, since.dirtyRate == rate { continue }
      if let since = last, sample.seconds > since.seconds {
        rates.append(.init(bytesPerSecond: rate, overSeconds: sample.seconds - since.seconds, isFloor: true))
      }
      last = sample
    }
    return rates
  }

  /// Looks far apart show no pass. In the state that it settles into, D(T) = B·T, so what remains at any look was
  /// dirtied in the time that it takes to be sent, or in less.
  private mutating func takeFloor(
    _ series: ProgressSeries, after: [ProgressSample], firstPass: Bounds, payload: Double
  ) {
    guard payload > 0, series.ending != .completed else { return }
    let settled = after.filter { sample in
      let past = sample.seconds - firstPass.high
      return past >= firstPass.high && past >= 10 * (sample.remaining ?? .infinity) / payload
    }
    // What remains just before a sync says nothing about what remains after it.
    let least = payload * 0.05
    if let most = settled.compactMap(\.remaining).max(), most > least {
      steady = (most, most / payload)
      rates = [.init(bytesPerSecond: payload, overSeconds: most / payload, isFloor: true)]
    } else if let most = after.first?.remaining, most > least, firstPass.high > 0 {
      rates = [.init(bytesPerSecond: most / firstPass.high, overSeconds: firstPass.high, isFloor: true)]
    }
  }
}
