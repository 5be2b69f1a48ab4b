public import EvacuationModel
import Quantities

/// Says of a migration in a log what it did, whether it comes to its end and what would help.
public enum LogDiagnoser {
  /// The diagnosis of one migration. What its log does not support stays `nil` and is named in `unknowns`.
  public static func diagnosis(of series: ProgressSeries) -> MigrationDiagnosis {
    var diagnosis = facts(of: series)
    guard let bandwidth = diagnosis.bandwidth, let total = series.total else {
      diagnosis.unknowns.append(
        series.samples.isEmpty
          ? "no progress was logged, only the end: nothing can be measured"
          : "what the path carries: it takes two looks at which something had been sent")
      judge(&diagnosis, evidence: nil)
      return diagnosis
    }
    let payload = bandwidth.payload
    let firstPass = FirstPassEstimate(series, payload: payload)
    let trace = SyncTrace(series, payload: payload)
    let rules = series.source == .nova ? NovaRules(total: total, diskBytes: series.diskBytes) : nil
    let limit = limit(of: series, rules: rules)
    let nominal = PlatformProfile.of(PlatformRun.platform(of: series.source)).downtimeLimit.value.nominal
    let dirty = DirtyRateEstimate(
      series, trace: trace, firstPass: firstPass, payload: payload,
      most: payload * max(nominal.seconds, limit ?? 0))
    diagnosis.zeroShare = firstPass.zeroShare
    diagnosis.firstPass = firstPass.length
    diagnosis.setbacks = trace.setbacks
    diagnosis.dirtyRates = dirty.rates
    diagnosis.downtimeLimit = limit.map { Duration(clampingSeconds: $0) }
    diagnosis.lowWatermark = LowWatermarkEstimate.watermark(of: series, payload: payload, limit: limit)
    diagnosis.unknowns += Unknowns.of(series, firstPass: firstPass, dirty: dirty)
    if limit != series.limits.last?.limit {
      diagnosis.unknowns.append("the downtime limit in the end: it is taken from nova's defaults")
    }
    let run = PlatformRun(
      series: series, total: total, bandwidth: bandwidth,
      timeout: diagnosis.ending == .aborted ? diagnosis.elapsed ?? rules?.timeout : rules?.timeout)
    let zero = firstPass.zeroShare.map { $0.scope == .atLeast ? 0 : $0.share.fraction } ?? 0
    judge(
      &diagnosis,
      evidence: Evidence(
        run: run, dirty: dirty, trace: trace,
        models: GuestModels(dirty, total: total, zeroShare: min(zero, 0.99))))
    return diagnosis
  }

  private static func facts(of series: ProgressSeries) -> MigrationDiagnosis {
    var diagnosis = MigrationDiagnosis(source: series.source, path: series.path, vm: series.vm)
    diagnosis.samples = series.samples.count
    diagnosis.memory = series.total.map { ByteCount(rounding: $0) }
    diagnosis.elapsed = [series.endedAt, series.samples.last?.seconds].compactMap(\.self).max()
    diagnosis.sent = series.samples.compactMap(\.processed).last.map { ByteCount(rounding: $0) }
    diagnosis.clock = series.clock
    diagnosis.passes = series.samples.compactMap(\.pass).last
    diagnosis.ending = series.ending
    diagnosis.endedBy = series.endedBy
    diagnosis.downtime = series.downtime.map { Duration(clampingSeconds: $0) }
    diagnosis.bandwidth = BandwidthEstimate.bandwidth(of: series)
    return diagnosis
  }

  /// The limit in force at the last look: as logged, and where nova's ladder has been left out, by its defaults.
  private static func limit(of series: ProgressSeries, rules: NovaRules?) -> Double? {
    let logged = series.limits.last?.limit
    guard let rules, series.limits.count < 2 else { return logged }
    let elapsed = series.endedAt ?? series.samples.last?.seconds ?? 0
    return [logged, rules.limit(at: elapsed)].compactMap(\.self).max()
  }

  private static func judge(_ diagnosis: inout MigrationDiagnosis, evidence: Evidence?) {
    let judgement = Judgement(diagnosis, evidence: evidence)
    diagnosis.verdict = judgement.verdict
    diagnosis.reason = judgement.reason
    diagnosis.outlook = judgement.outlook
    diagnosis.remedies = judgement.remedies
    diagnosis.unknowns += judgement.unknowns
  }
}
