import EvacuationModel
import MigrationSimulation
import Quantities

/// One line of `runs.csv`: a migration of the PostgreSQL guest.
struct PostgreSQLRun {
  let row: CSVRow
  let mode: String
  private let total: Double
  private let zeros: Double
  private let limit: Double
  private let pauseLimit: Double

  /// Reads `row`, or says what it lacks.
  static func read(_ row: CSVRow) -> Result<Self, SkipReason> {
    let wanted = ["ram_total", "duplicate_pages", "max_bandwidth_bytes", "downtime_limit_ms", "total_time_ms"]
    let missing = wanted.filter { row.number($0) == nil }
    guard missing.isEmpty, let mode = row.text("mode"), let total = row.number("ram_total"),
      let zeros = row.number("duplicate_pages"), let limit = row.number("max_bandwidth_bytes"),
      let pause = row.number("downtime_limit_ms"), limit > 0, total > 0
    else {
      return .failure(SkipReason("no \((missing + (row.text("mode") == nil ? ["mode"] : [])).joined(separator: ", "))"))
    }
    guard row.text("status") == "completed" else {
      return .failure(SkipReason("status is \(row.text("status") ?? "unknown")"))
    }
    return .success(
      Self(row: row, mode: mode, total: total, zeros: zeros * 4096, limit: limit, pauseLimit: pause / 1000))
  }

  /// Memory that is not zero: what the first pass sent, if it got through; else what was never sent as a zero page.
  var touched: ByteCount {
    let sent = row.number("first_pass_normal_bytes") ?? 0
    let covered = sent + (row.number("first_pass_duplicate_pages") ?? 0) * 4096
    let isWhole = mode == "precopy" || covered >= PostgreSQLConstants.wholePass * total
    return ByteCount(rounding: isWhole && mode != "stopcopy" && sent > 0 ? sent : max(0, total - zeros))
  }

  /// The migration of a guest that writes along `curve`.
  func experiment(_ curve: DirtyCurve) -> MigrationExperiment {
    var experiment = MigrationExperiment(
      memory: ByteCount(rounding: total), curve: curve,
      bandwidthLimit: DataRate(bytesPerSecond: limit * PostgreSQLConstants.limitShare),
      wireRate: PostgreSQLConstants.wireRate, downtimeLimit: .fixed(Duration(clampingSeconds: pauseLimit)))
    experiment.spread = PostgreSQLConstants.spread
    if row.text("auto_converge") == "1" {
      experiment.autoConverge = AutoConverge()
      experiment.syncsEveryFiveSeconds = true
      experiment.throttleResponse = .servesDemand(utilisation: PostgreSQLConstants.utilisation)
    }
    if mode == "postcopy" {
      let after = max(0, row.number("postcopy_after_s") ?? 0)
      experiment.postCopyAfter = Duration(clampingSeconds: after + PostgreSQLConstants.switchDelay)
      experiment.fixedTime = FixedTime(
        before: .zero, after: Duration(clampingSeconds: zeroSeconds(after: after, touched: curve)))
    }
    return experiment
  }

  /// Seconds that post-copy spends on zero pages: those that the first pass had not come to.
  private func zeroSeconds(after seconds: Double, touched curve: DirtyCurve) -> Double {
    let touched = max(Double(touched.bytes), 1)
    let left = max(0, 1 - seconds * limit * PostgreSQLConstants.limitShare / touched)
    return left * max(0, total - touched) / PostgreSQLConstants.zeroScan
  }

  /// What happened. A migration that outlasted the benchmark did not converge while the guest was at work; that it ended
  /// once the load was gone says nothing about it.
  var measured: MeasuredOutcome {
    let seconds = (row.number("total_time_ms") ?? 0) / 1000
    let outlasted = mode == "precopy" && seconds > PostgreSQLConstants.loadSeconds
    return MeasuredOutcome(
      seconds: outlasted ? nil : seconds,
      downtimeSeconds: mode == "stopcopy" ? nil : row.number("downtime_ms").map { $0 / 1000 }, converged: !outlasted)
  }

  /// What is particular about it.
  var circumstances: String {
    let load = "\(row.text("ycsb_threads") ?? "?") threads, \(row.text("ycsb_update") == "1" ? "updates" : "reads")"
    guard let throttle = row.number("max_throttle_pct"), throttle > 0 else { return "\(load), \(mode)" }
    return "\(load), throttle \(Int(min(throttle, 100))) % measured"
  }
}
