import EvacuationModel
import Quantities

/// What the least that ever remained is worth: nothing, and why.
enum LowWatermarkEstimate {
  /// `limit` is the downtime limit in force at the last look, in seconds.
  static func watermark(of series: ProgressSeries, payload: Double?, limit: Double?) -> LowWatermarkDiagnosis?
  {
    guard let mark = series.watermark else { return nil }
    let at = Bounds(
      max(0, mark.saidAt.low - mark.secondsAgo),
      max(0, min(mark.saidAt.high, series.endedAt ?? .infinity) - mark.secondsAgo))
    // QEMU looks at what remains after each slice of at most 50 ms (migration/ram.c, MAX_WAIT).
    let slice = 0.05
    let threshold = (payload ?? 0) * (limit ?? 0)
    let visible = max(0, threshold - (payload ?? 0) * slice)
    var reason =
      "it is the least that a look happened to catch at the end of a pass, at "
      + "\(SecondsText.range(at)) of the transfer; each sync brings back what the guest has dirtied meanwhile"
    if visible > mark.bytes, let limit {
      reason +=
        ". QEMU syncs as soon as less than bandwidth × downtime limit remains, \(SizeText.of(threshold)) at "
        + "\((limit * 1000).text(places: 0)) ms: with that limit no look finds less than about "
        + "\(SizeText.of(visible)), and the mark cannot be beaten any more, however the migration goes"
    }
    reason += " (nova bug 1644248)"
    return LowWatermarkDiagnosis(
      bytes: ByteCount(rounding: mark.bytes), reachedAt: at, leastVisible: ByteCount(rounding: visible),
      reason: reason)
  }
}
