import EvacuationModel
import Quantities

/// What the path carried.
enum BandwidthEstimate {
  /// From the growth of the bytes sent; from QEMU's own figure if there is only one look. `nil` without either.
  static func bandwidth(of series: ProgressSeries) -> BandwidthDiagnosis? {
    let points = points(of: series)
    guard let last = points.last else { return nil }
    let reported = series.preCopy.compactMap(\.reportedRate).filter { $0 > 0 }
    let wire: Double
    var rates: [Double] = []
    var stretch = Bounds(0, last.seconds)
    if let first = points.first, last.seconds > first.seconds, last.bytes > first.bytes {
      let intervals = intervals(between: points, rounding: series.rounding)
      let overall = (last.bytes - first.bytes) / (last.seconds - first.seconds)
      rates = intervals.count >= 5 ? middle(of: intervals) : [overall] + fromStart(points, of: series)
      wire = intervals.count >= 5 ? intervals.sorted()[intervals.count / 2] : overall
      stretch = Bounds(first.seconds, last.seconds)
    } else if let figure = reported.last {
      wire = figure
    } else if last.seconds > 0, last.bytes > 0 {
      wire = last.bytes / last.seconds
    } else {
      return nil
    }
    guard wire.isFinite, wire >= 1, wire < 1e13 else { return nil }
    let all = rates.isEmpty ? [wire] : rates + [wire]
    let spread = series.timeSpread
    let range = Bounds(of: all.flatMap { [$0 / spread.high, $0 / spread.low] }) ?? Bounds(wire)
    return BandwidthDiagnosis(
      wire: wire, range: range, payload: wire * WireFormat.payloadShare, stretch: stretch,
      likeness: likeness(wire, range))
  }

  private struct Point {
    let seconds: Double
    let bytes: Double
  }

  /// Bytes sent over time, each moment once.
  private static func points(of series: ProgressSeries) -> [Point] {
    var points: [Point] = []
    for sample in series.preCopy {
      guard let bytes = sample.processed else { continue }
      if let last = points.last, sample.seconds <= last.seconds { continue }
      points.append(Point(seconds: sample.seconds, bytes: bytes))
    }
    return points
  }

  /// Rates between looks, joined until rounded amounts and whole seconds no longer matter.
  private static func intervals(between points: [Point], rounding: Double) -> [Double] {
    guard var from = points.first else { return [] }
    var rates: [Double] = []
    for point in points.dropFirst() where point.bytes - from.bytes > 20 * rounding {
      guard point.seconds - from.seconds >= (rounding > 1e6 ? 4.5 : 0.05) else { continue }
      rates.append((point.bytes - from.bytes) / (point.seconds - from.seconds))
      from = point
    }
    return rates
  }

  /// From the tenth to the ninetieth percentile.
  private static func middle(of rates: [Double]) -> [Double] {
    let sorted = rates.sorted()
    return [sorted[sorted.count / 10], sorted[sorted.count - 1 - sorted.count / 10]]
  }

  /// Since the transfer's start, where its moment is known well enough: libvirt's clock begins before it.
  private static func fromStart(_ points: [Point], of series: ProgressSeries) -> [Double] {
    guard series.source == .nova, series.timeSpread.high > 1 else { return [] }
    return points.filter { $0.seconds > 10 && $0.bytes > 0 }.map { $0.bytes / $0.seconds }
  }

  /// TCP carries 94 % of Ethernet's rate at most; full links were seen from 91 % on.
  private static func likeness(_ wire: Double, _ range: Bounds) -> String {
    for limit in [128.0, 32.0] where (0.985...1.02).contains(wire / (limit * 0x1p20)) {
      return "QEMU's default limit of \(limit.text(places: 0)) MiB/s, whatever the link"
    }
    for gigabits in [1.0, 2.5, 5, 10, 25, 40, 100] {
      let link = gigabits * 125e6
      guard (0.905...0.95).contains(wire / link) else { continue }
      let bits = [range.low, range.high].map { ($0 * 8e-6).text(places: 0) }
      let shown = bits[0] == bits[1] ? bits[0] : "\(bits[0])–\(bits[1])"
      return "a full \(gigabits.text(significantDigits: 2)) Gbit/s link (\(shown) Mbit/s)"
    }
    return ""
  }
}
