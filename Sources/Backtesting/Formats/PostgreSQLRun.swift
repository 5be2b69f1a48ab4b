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
    let wanted = [
      "ram_total", "duplicate_pages", "max_bandwidth_bytes", "downtime_limit_ms", "total_time_ms",
    ]
    let missing = wanted.filter { row.number($0) == nil }
    guard missing.isEmpty, let mode = row.text("mode"), let total = row.number("ram_total"),
      let zeros = row.number("duplicate_pages"), let limit = row.number("max_bandwidth_bytes"),
      let pause = row.number("downtime_limit_ms"), limit > 0, total > 0
    else {
      return .failure(
        SkipReason("no \((missing + (row.text("mode") == nil ? ["mode"] : [])).joined(separator: ", "))"))
    }
    guard row.text("status") == "completed" else {
      return .failure(SkipReason("status is \(row.text("status") ?? "unknown")"))
    }
    return .success(
      Self(row: row, mode: mode, total: total, zeros: zeros * 4096, limit: limit, pauseLimit: pause / 1000))
  }

  /// Guest data sent per second under the limit.
  private var rate: DataRate { DataRate(bytesPerSecond: limit * PostgreSQLConstants.limitShare) }

  /// What was still to be sent when QEMU counted dirtied pages: at most the threshold of a sync.
  var pendingAtSync: ByteCount { ByteCount(rounding: rate.bytesPerSecond * pauseLimit) }

  /// Memory that is not zero: what the first pass sent, if it got through; else what was never sent as a zero page.
  var touched: ByteCount {
    let sent = row.number("first_pass_normal_bytes") ?? 0
    let covered = sent + (row.number("first_pass_duplicate_pages") ?? 0) * 4096
    let isWhole = mode == "precopy" || covered >= PostgreSQLConstants.wholePass * total
    guard isWhole, mode != "stopcopy", sent > 0 else { return ByteCount(rounding: max(0, total - zeros)) }
    return ByteCount(rounding: min(total, sent + rate.bytesPerSecond * PostgreSQLConstants.firstLook))
  }

  /// The migration of a guest that writes along `curve`.
  func experiment(_ curve: DirtyCurve) -> MigrationExperiment {
    // Zero pages lie between the others and are looked through within the quota of a window: they cost no time.
    var experiment = MigrationExperiment(
      memory: touched, curve: curve, bandwidthLimit: rate,
      wireRate: PostgreSQLConstants.wireRate,
      // Of a guest that is paused already everything went under the limit, the last round included.
      downtimeLimit: .fixed(Duration(clampingSeconds: mode == "stopcopy" ? 0 : pauseLimit)))
    experiment.spread = mode == "precopy" ? PostgreSQLConstants.spread : PostgreSQLConstants.postCopySpread
    if row.text("auto_converge") == "1" {
      experiment.autoConverge = AutoConverge()
      experiment.syncsEveryFiveSeconds = true
      experiment.throttleResponse = .servesDemand(utilisation: PostgreSQLConstants.utilisation)
    }
    if mode == "postcopy" {
      let after = max(0, row.number("postcopy_after_s") ?? 0)
      let looks = max(1, (after / PostgreSQLConstants.lookSeconds).rounded(.up))
      experiment.postCopyAfter = Duration(clampingSeconds: looks * PostgreSQLConstants.lookSeconds)
      experiment.fixedTime = FixedTime(
        before: .zero, after: Duration(clampingSeconds: zeroSeconds(after: after)))
    }
    return experiment
  }

  /// Seconds that post-copy spends on zero pages: those that the first pass had not come to.
  private func zeroSeconds(after seconds: Double) -> Double {
    let touched = max(Double(touched.bytes), 1)
    let left = max(0, 1 - seconds * rate.bytesPerSecond / touched)
    return left * max(0, total - touched) / PostgreSQLConstants.zeroScan
  }

  /// What happened. A migration that outlasted the benchmark did not converge while the guest was at work; that it ended
  /// once the load was gone says nothing about it.
  var measured: MeasuredOutcome {
    let seconds = (row.number("total_time_ms") ?? 0) / 1000
    let outlasted = mode == "precopy" && seconds > PostgreSQLConstants.loadSeconds
    return MeasuredOutcome(
      seconds: outlasted ? nil : seconds,
      downtimeSeconds: mode == "stopcopy" ? nil : row.number("downtime_ms").map { $0 / 1000 },
      converged: !outlasted)
  }

  /// What is particular about it, with the throttle that `outcome` needs.
  func circumstances(_ outcome: ConvergenceOutcome) -> String {
    let load =
      "\(row.text("ycsb_threads") ?? "?") threads, \(row.text("ycsb_update") == "1" ? "updates" : "reads")"
    guard let throttle = row.number("max_throttle_pct"), throttle > 0 else { return "\(load), \(mode)" }
    var forecast = 0.0
    if case .convergesThrottled(let share) = outcome { forecast = (share.fraction * 100).rounded() }
    return "\(load), throttle \(Int(max(0, min(throttle, 100)))) % measured, \(Int(forecast)) % forecast"
  }
}
