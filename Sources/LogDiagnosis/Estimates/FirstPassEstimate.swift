import EvacuationModel
import Quantities

/// What the pass over all memory shows: how long it takes and how many pages are zero.
struct FirstPassEstimate {
  let zeroShare: ZeroShareDiagnosis?
  /// Seconds.
  let length: Bounds?
  /// Looks at which it was surely over.
  let after: [ProgressSample]

  init(_ series: ProgressSeries, payload: Double?) {
    let samples = series.preCopy
    let split = samples.contains { $0.pass != nil } ? Self.byCounter(samples) : Self.byBytes(samples, payload)
    after = split.after
    zeroShare = Self.zeroShare(split) ?? Self.leastZeroShare(series, payload: payload)
    length = Self.length(split, zero: zeroShare?.share.fraction ?? 0, payload: payload)
  }

  /// Looks inside the first pass and after it; those that may be either are in neither.
  private struct Split {
    var inside: [ProgressSample] = []
    var after: [ProgressSample] = []
    /// The first look after it, if no pass was missed in between.
    var next: ProgressSample?
  }

  private static func byCounter(_ samples: [ProgressSample]) -> Split {
    var split = Split()
    split.inside = samples.filter { ($0.pass ?? 2) <= 1 && $0.remaining != nil }
    split.after = samples.filter { ($0.pass ?? 1) >= 2 }
    split.next = split.after.first.flatMap { $0.pass == 2 ? $0 : nil }
    return split
  }

  /// In the first pass nothing is sent twice, and the remainder falls in step with what is sent.
  private static func byBytes(_ samples: [ProgressSample], _ payload: Double?) -> Split {
    var split = Split()
    var end: Bounds?
    for sample in samples {
      guard let sent = sample.processed, let left = sample.remaining, let total = sample.total else {
        continue
      }
      let isPossible = sent <= (total - left) * WireFormat.normalPage / 4096 * 1.0005 + 1e6
      let rises = left > split.inside.last?.remaining ?? .infinity
      let isBeforeEnd = sample.seconds <= end?.low ?? .infinity
      if split.after.isEmpty, isPossible, !rises, isBeforeEnd {
        split.inside.append(sample)
        if let payload { end = projection(split.inside, payload: payload) }
      } else if rises || !isPossible || sample.seconds > end?.high ?? .infinity || !split.after.isEmpty {
        split.after.append(sample)
      }
    }
    return split
  }

  /// When it ends, seen from its last look: with as many zero pages in the rest as before, or with none.
  private static func projection(_ inside: [ProgressSample], payload: Double) -> Bounds? {
    guard let last = inside.last, let left = last.remaining, payload > 0 else { return nil }
    let zero = solvedZeroShare(last) ?? 0
    return Bounds(last.seconds + left * (1 - zero) / payload, last.seconds + left / payload)
  }

  private static func length(_ split: Split, zero: Double, payload: Double?) -> Bounds? {
    guard let last = split.inside.last, let left = last.remaining, let payload, payload > 0 else {
      return nil
    }
    let counted = last.zeroPages != nil && split.next != nil
    let share = counted ? 1 : solvedZeroShare(last) ?? zero
    let low = last.seconds + (counted ? 0 : left * (1 - share) / payload)
    let high = last.seconds + left / payload
    return Bounds(low, max(low, min(high, split.next?.seconds ?? .infinity)))
  }

  /// Zero pages among those dealt with, from the bytes on the wire: n + z pages took 4104 n + 9 z bytes.
  private static func solvedZeroShare(_ sample: ProgressSample) -> Double? {
    guard let sent = sample.processed, let left = sample.remaining, let total = sample.total, total > left
    else { return nil }
    let pages = (total - left) / 4096
    let zero = (WireFormat.normalPage * pages - sent) / (WireFormat.normalPage - WireFormat.zeroPage)
    return max(0, min(1, zero / pages))
  }

  private static func zeroShare(_ split: Split) -> ZeroShareDiagnosis? {
    if let next = split.after.first, let zero = next.zeroPages, let total = next.total, total > 0 {
      return .init(share: Ratio(min(1, zero * next.pageSize / total)), scope: .whole)
    }
    guard let last = split.inside.last else { return nil }
    if let zero = last.zeroPages, let normal = last.normalPages, zero + normal > 0 {
      return .init(share: Ratio(zero / (zero + normal)), scope: .soFar)
    }
    return solvedZeroShare(last).map { .init(share: Ratio($0), scope: .soFar) }
  }

  /// What was never sent by the end of a migration that completed was zero.
  private static func leastZeroShare(_ series: ProgressSeries, payload: Double?) -> ZeroShareDiagnosis? {
    guard series.ending == .completed, let total = series.total,
      let last = series.samples.last, let sent = last.processed, !series.usesXBZRLE
    else { return nil }
    // What was sent after the last look, with a second for the clock.
    let after = (payload ?? 0) * (max(0, (series.endedAt ?? last.seconds + 1) - last.seconds) + 1)
    let share = 1 - (sent + series.rounding + (series.sentIsFinal ? 0 : after)) / total
    return share > 0.02 ? .init(share: Ratio(share), scope: .atLeast) : nil
  }
}
