import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// How hard each workload writes, from earlier migrations of guests that nobody slowed: one measurement of a second or
/// two and one of a whole first pass. An operator gets the same from calc-dirty-rate over two periods.
struct PostgreSQLWrites {
  /// One pass between two bitmap syncs.
  private struct Pass {
    let run: String
    let isFirst: Bool
    let seconds: Double
    let bytesPerSecond: Double
    /// Seconds of the pass before, which is what this one was sending.
    let previousSeconds: Double
  }

  private var passes: [String: [Pass]] = [:]

  /// What the syncs of `iterations` tell about the runs of `runs`; without them, what the runs' own columns tell.
  init(runs: [CSVRow], iterations: [CSVRow]) {
    let byRun = Dictionary(grouping: iterations, by: Self.name)
    for row in runs where row.text("mode") == "precopy" && row.text("auto_converge") != "1" {
      let found =
        byRun[Self.name(row)].map { Self.passes(of: $0, run: Self.name(row)) } ?? Self.summary(of: row)
      passes[Self.workload(row), default: []] += found
    }
  }

  /// The run that `row` of either table is about.
  static func name(_ row: CSVRow) -> String { "\(row.text("scenario") ?? "?") \(row.text("run") ?? "?")" }

  private static func workload(_ row: CSVRow) -> String {
    ["ycsb_threads", "ycsb_update", "ycsb_read"].map { row.text($0) ?? "" }.joined(separator: "/")
  }

  /// The curve for the workload of `row` within `touched`, from the other runs with it; `nil` if there are none.
  /// `pending` is what was still to be sent when they were measured.
  func curve(for row: CSVRow, touched: ByteCount, pending: ByteCount) -> DirtyCurve? {
    let others = (passes[Self.workload(row)] ?? []).filter { $0.run != Self.name(row) }
    let late = PostgreSQLConstants.shortPeriods.lazy.map { periods in
      others.filter { !$0.isFirst && periods.contains($0.seconds) }
    }.first { !$0.isEmpty }
    guard let late, let short = Self.median(late), let long = Self.median(others.filter(\.isFirst)),
      let previous = Quantile.of(late.map(\.previousSeconds).sorted(), 0.5), short.period < long.period
    else { return nil }
    let counted =
      DirtyCurve(powerLaw: short, long, touched: touched)
      ?? DirtyCurve(activity: MemoryActivity(dirtyRates: [short, long]), touched: touched)
    return counted.including(pending, dirtiedIn: previous, touched: touched)
  }

  private static func median(_ passes: [Pass]) -> DirtyRateMeasurement? {
    guard let seconds = Quantile.of(passes.map(\.seconds).sorted(), 0.5),
      let bytes = Quantile.of(passes.map { $0.bytesPerSecond * $0.seconds }.sorted(), 0.5), seconds > 0
    else { return nil }
    return DirtyRateMeasurement(
      rate: DataRate(bytesPerSecond: bytes / seconds), period: Duration(clampingSeconds: seconds))
  }

  /// The passes between consecutive syncs while the load ran.
  private static func passes(of syncs: [CSVRow], run: String) -> [Pass] {
    var passes: [Pass] = []
    var previous = 0.0
    for (before, after) in zip(syncs, syncs.dropFirst()) {
      guard let start = before.number("seen_at_total_ms"), let end = after.number("seen_at_total_ms"),
        let first = before.number("dirty_sync_count"), let second = after.number("dirty_sync_count"),
        let rate = after.number("dirty_pages_rate"), end / 1000 <= PostgreSQLConstants.loadSeconds
      else { continue }
      let seconds = (end - start) / 1000
      if second == first + 1, rate > 0 {
        passes.append(
          Pass(
            run: run, isFirst: first == 1, seconds: seconds, bytesPerSecond: rate * 4096,
            previousSeconds: previous))
      }
      previous = seconds
    }
    return passes
  }

  /// The largest rate seen, which is that of about a second, and the median one, which is that of the first pass as long
  /// as there are few passes.
  private static func summary(of row: CSVRow) -> [Pass] {
    guard let most = row.number("max_dirty_pages_rate"), let middle = row.number("median_dirty_pages_rate"),
      let sent = row.number("first_pass_normal_bytes"), let limit = row.number("max_bandwidth_bytes"),
      most > 0, middle > 0, limit > 0
    else { return [] }
    let first = sent / (limit * PostgreSQLConstants.limitShare)
    return [
      Pass(run: name(row), isFirst: false, seconds: 1, bytesPerSecond: most * 4096, previousSeconds: 1),
      Pass(run: name(row), isFirst: true, seconds: first, bytesPerSecond: middle * 4096, previousSeconds: 0),
    ]
  }
}

extension DirtyCurve {
  /// The curve of which a migration counted this one. dirty-pages-rate leaves out pages that are written while they are
  /// pending; `pending` bytes were, of what the pass before had dirtied in `seconds`.
  fileprivate func including(_ pending: ByteCount, dirtiedIn seconds: Double, touched: ByteCount) -> Self {
    let parts = (0..<3).map { lane in bytes[lane] * -expm1(-perSecond[lane] * seconds) }
    let whole = parts.reduce(0, +)
    guard whole > 0 else { return self }
    let factor = Double(pending.bytes) / whole
    return Self(
      classes: (0..<3).map { (bytes[$0] + parts[$0] * factor, perSecond[$0]) }, touched: touched)
  }
}
