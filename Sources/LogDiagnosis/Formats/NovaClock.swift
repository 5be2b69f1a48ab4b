import EvacuationModel

/// Makes the times of a nova log real.
///
/// Up to Victoria "running for N secs" is half the number of polls, each of which takes half a second *and* a call
/// to libvirt (nova/virt/libvirt/driver.py, `_live_migration_monitor`; bug 1916031): it runs slow. What is real are
/// time stamps, "after N sec elapsed time", "N seconds ago" and "not completed after N sec".
struct NovaClock {
  private let record: NovaRecord
  /// Real seconds for each reported one: the bounds that the log proves, and the best estimate.
  private var bounds = Bounds(1)
  private var best = 1.0
  private var basis = ""
  /// The stamp of the transfer's start.
  private var start: Double?

  static func series(_ record: NovaRecord, path: String) -> ProgressSeries {
    NovaClock(record).series(path: path)
  }

  private init(_ record: NovaRecord) {
    self.record = record
    if !takeStamps() { takeAnchors() }
  }

  private func series(path: String) -> ProgressSeries {
    var series = ProgressSeries(source: .nova, path: path, vm: record.instance)
    for progress in record.progress where progress.sample.total != nil {
      var sample = progress.sample
      sample.seconds = seconds(of: progress)
      series.samples.append(sample)
    }
    let corrected = bounds.low > 1.001 || bounds.high > 1.004
    series.clock = ClockDiagnosis(isCorrected: corrected, factor: bounds, basis: basis)
    series.timeSpread = Bounds(bounds.low / best, bounds.high / best)
    series.limits = record.limits.map { LimitStep(limit: $0.limit, seconds: $0.anchor.seconds) }
    series.diskBytes = record.diskBytes
    series.ending = record.ending?.kind
    series.endedBy = record.ending?.by ?? ""
    series.endedAt = record.timeout?.seconds ?? stampedEnd
    if let mark = record.watermark, record.progress.indices.contains(mark.line) {
      let said = record.progress[mark.line].reported
      series.watermark = Watermark(
        bytes: mark.bytes, secondsAgo: mark.secondsAgo,
        saidAt: Bounds(max(said * bounds.low, mark.secondsAgo), max(said * bounds.high, mark.secondsAgo)))
    }
    return series
  }

  private var stampedEnd: Double? {
    guard let start, let end = record.endStamp, end >= start else { return nil }
    return end - start
  }

  private func seconds(of progress: NovaRecord.Progress) -> Double {
    if let start, let stamp = progress.stamp { return max(0, stamp - start) }
    return progress.reported * best
  }

  /// Real times from time stamps; false without at least two of them.
  private mutating func takeStamps() -> Bool {
    let stamped = record.progress.filter { $0.stamp != nil }
    guard let first = stamped.first, let last = stamped.last, let from = first.stamp, let to = last.stamp
    else { return false }
    let reported = last.reported - first.reported
    let limit = record.limits.compactMap { step in step.anchor.stamp.map { $0 - step.anchor.seconds } }.first
    let aborted = record.timeout.flatMap { timeout in timeout.stamp.map { $0 - timeout.seconds } }
    let known = limit ?? record.prepared ?? aborted
    if reported > 0, to > from {
      best = (to - from) / reported
      start = known.flatMap { $0 <= from + 1 ? $0 : nil } ?? from - first.reported * best
    } else if let known, known < from, first.reported > 0 {
      best = (from - known) / first.reported
      start = known
    } else {
      return false
    }
    // Clocks that jump, or lines of two migrations in one: then nothing can be said.
    guard best > 0.5, best < 10 else {
      (best, start) = (1, nil)
      return false
    }
    bounds = Bounds(best)
    basis = "from the time stamps"
    return true
  }

  /// Real times from what nova itself counts in real seconds.
  private mutating func takeAnchors() {
    guard let last = record.progress.last, last.reported > 0 else {
      basis = "no two times to compare"
      return
    }
    guard countsPolls else {
      basis = "since Wallaby nova prints real seconds"
      return
    }
    var low = 1.0
    var high = Double.infinity
    for anchor in record.limits.map(\.anchor) + (record.timeout.map { [$0] } ?? []) {
      narrow(&low, &high, by: anchor)
    }
    basis = "N is half the number of polls"
    if let mark = record.watermark { narrow(&low, &high, by: mark) }
    settle(low: low, high: high, last: last)
  }

  /// Whether N counts polls. Without disk statistics nova is older than Stein and does; with them it may be
  /// either, and a real clock does not stay at multiples of five.
  private var countsPolls: Bool {
    guard record.hasDiskStatistics else { return true }
    let reported = record.progress.map(\.reported).filter { $0 > 0 }
    return reported.allSatisfy { $0.truncatingRemainder(dividingBy: 5) == 0 }
  }

  /// A real moment lies between the progress lines around it.
  private func narrow(_ low: inout Double, _ high: inout Double, by anchor: NovaRecord.Anchor) {
    if anchor.after < record.progress.count, anchor.seconds > 0 {
      let next = record.progress[anchor.after].reported
      if next > 0 { low = max(low, anchor.seconds / next) }
    }
    if anchor.after > 0, anchor.after <= record.progress.count {
      let before = record.progress[anchor.after - 1].reported
      // The moment is printed in whole seconds, rounded down.
      if before > 0 { high = min(high, (anchor.seconds + 1) / before) }
    }
  }

  /// The watermark was set after every line that still had more to go.
  private func narrow(
    _ low: inout Double, _ high: inout Double, by mark: (bytes: Double, secondsAgo: Double, line: Int)
  ) {
    guard record.progress.indices.contains(mark.line), record.progress[mark.line].reported > 0 else { return }
    let earlier = record.progress[..<mark.line].prefix { $0.sample.remaining ?? .infinity > mark.bytes }
    let reached = earlier.last?.reported ?? 0
    low = max(low, (mark.secondsAgo + reached) / record.progress[mark.line].reported)
  }

  private mutating func settle(low: Double, high: Double, last: NovaRecord.Progress) {
    // Seen: 1.04 to 1.05 (platform9's public log, Ocata to Rocky). Without any real time that is all there is.
    let usual = Bounds(1, 1.06)
    guard low <= high else {
      (bounds, best) = (usual, 1.04)
      basis += "; the real times in the log contradict each other"
      return
    }
    if high == .infinity {
      bounds = Bounds(low, max(low * 1.01, usual.high))
      best = low > 1 ? (bounds.low + bounds.high) / 2 : 1.04
      basis += low > 1 ? ", and the low watermark's age is real" : "; how long one takes is not in the log"
      return
    }
    bounds = Bounds(low, high)
    best = (low + high) / 2
    basis += ", and the times of limits and timeouts are real"
    // The line that would have come 30 s of N later was not written any more.
    if let timeout = record.timeout, timeout.after == record.progress.count, !record.isElided {
      let least = max(low, timeout.seconds / (last.reported + 30))
      if least <= high { best = (least + high) / 2 }
    }
  }
}
