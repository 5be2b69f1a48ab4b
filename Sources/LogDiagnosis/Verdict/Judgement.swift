import EvacuationModel
import MigrationSimulation
import Quantities

/// What there is to judge by.
struct Evidence {
  let run: PlatformRun
  let dirty: DirtyRateEstimate
  let trace: SyncTrace
  let models: GuestModels
}

/// Whether a migration comes to its end by itself, and why.
struct Judgement {
  private(set) var verdict = ConvergenceVerdict.undecided
  private(set) var reason = ""
  private(set) var outlook: MigrationOutlook?
  private(set) var remedies: RemedyBounds?
  private(set) var unknowns: [String] = []

  init(_ diagnosis: MigrationDiagnosis, evidence: Evidence?) {
    if diagnosis.ending == .completed {
      verdict = .converged
      reason = Self.completion(diagnosis, evidence)
      return
    }
    guard let evidence else {
      reason = "too little was logged to tell"
      return
    }
    if evidence.run.series.samples.last?.isPostCopy ?? false {
      verdict = .converges
      reason = "it has switched to post-copy: what remains goes once, and it ends when that has arrived"
      outlook = Self.postCopyOutlook(evidence)
      return
    }
    judge(diagnosis, evidence)
  }

  private static func completion(_ diagnosis: MigrationDiagnosis, _ evidence: Evidence?) -> String {
    let isPostCopy = evidence?.run.series.samples.contains { $0.isPostCopy } ?? false
    let throttle = evidence?.run.series.samples.map(\.throttle).max() ?? 0
    if isPostCopy { return "it ended by post-copy" }
    if let raise = raisedLimit(evidence) {
      return "it ended once Proxmox had raised the permitted pause \(raise)"
    }
    return throttle > 0
      ? "it ended once auto-converge had slowed the guest by \(Ratio(throttle))" : "it ended by itself"
  }

  private static func postCopyOutlook(_ evidence: Evidence) -> MigrationOutlook? {
    guard let last = evidence.run.series.samples.last, let left = last.remaining else { return nil }
    return MigrationOutlook(ends: Bounds(last.seconds + left / max(evidence.run.bandwidth.payload, 1)))
  }

  private mutating func judge(_ diagnosis: MigrationDiagnosis, _ evidence: Evidence) {
    let run = evidence.run
    if diagnosis.ending == nil { outlook = MigrationOutlook(aborts: run.timeout) }
    let curves = evidence.models.curves
    guard !curves.isEmpty else {
      reason = Self.tooEarly(diagnosis, evidence)
      if let raise = Self.raisedLimit(evidence) {
        verdict = diagnosis.ending == nil ? .converges : .doesNotConverge
        reason =
          "it did not end within the limit it began with; Proxmox has raised the permitted pause \(raise)"
          + (diagnosis.ending == nil ? " and goes on until it ends, at the price of that pause" : " in vain")
      }
      return
    }
    let forecasts = curves.map { run.run(run.experiment($0)) }
    let completing = forecasts.count { $0.completes }
    let isStopped = diagnosis.ending != nil
    if completing == forecasts.count {
      verdict = isStopped ? .undecided : .converges
      reason = Self.convergence(forecasts, evidence, isStopped: isStopped)
      takeOutlook(forecasts, diagnosis)
    } else if completing == 0 {
      verdict = .doesNotConverge
      reason = Self.divergence(diagnosis, evidence)
    } else {
      reason =
        "\(Self.dirtying(evidence)), the path carries \(SizeText.of(run.bandwidth.payload))/s: whether it ends depends on "
        + "how the writes are spread over memory, which the log does not tell"
    }
    if completing < forecasts.count {
      let stuck = zip(curves, forecasts).filter { !$1.completes }.map(\.0)
      remedies = RemedySearch.remedies(run, curves: stuck, remainder: Self.remainder(evidence))
    }
  }

  private mutating func takeOutlook(_ forecasts: [MigrationForecast], _ diagnosis: MigrationDiagnosis) {
    guard diagnosis.ending == nil, let ends = Bounds(of: forecasts.compactMap { $0.duration?.seconds }) else {
      return
    }
    guard ends.high >= diagnosis.elapsed ?? 0 else {
      // A model may be off by some per cent; by more, there is something that it does not know of.
      if ends.high < 0.75 * (diagnosis.elapsed ?? 0) { verdict = .undecided }
      unknowns.append("when it ends: a guest like the one measured would have arrived by now")
      return
    }
    outlook?.ends = Bounds(max(ends.low, diagnosis.elapsed ?? 0), ends.high)
    outlook?.pause = Bounds(of: forecasts.map(\.downtime.seconds))
  }

  /// From what to what Proxmox has doubled the limit; `nil` if it has not.
  private static func raisedLimit(_ evidence: Evidence?) -> String? {
    guard let series = evidence?.run.series, series.source == .proxmox, let last = series.limits.last?.limit,
      let first = series.limits.first?.limit, last > first
    else { return nil }
    return "from \(Duration(clampingSeconds: first).text) to \(Duration(clampingSeconds: last).text)"
  }

  /// What remains after a sync in the end.
  private static func remainder(_ evidence: Evidence) -> Double? {
    evidence.dirty.steady?.bytes ?? evidence.trace.syncs.suffix(8).map(\.remaining).max()
  }

  private static func tooEarly(_ diagnosis: MigrationDiagnosis, _ evidence: Evidence) -> String {
    if evidence.dirty.rates.isEmpty, evidence.trace.syncs.isEmpty {
      return "no pass after the first was seen: how fast the guest dirties memory is not known yet"
    }
    return "too few passes were seen to tell where it settles"
  }

  private static func dirtying(_ evidence: Evidence) -> String {
    guard let rate = evidence.dirty.rates.first else { return "dirties memory" }
    return
      "dirties \(rate.isFloor ? "at least " : "")\(SizeText.of(rate.bytesPerSecond))/s of distinct pages over "
      + Duration(clampingSeconds: rate.overSeconds).text
  }

  private static func convergence(
    _ forecasts: [MigrationForecast], _ evidence: Evidence, isStopped: Bool
  ) -> String {
    let path = "\(dirtying(evidence)), the path carries \(SizeText.of(evidence.run.bandwidth.payload))/s"
    if isStopped { return "\(path): by that it would have ended, so something else stopped it" }
    let throttled = forecasts.contains { if case .convergesThrottled = $0.outcome { true } else { false } }
    return throttled
      ? "\(path): it ends once auto-converge has slowed the guest" : "\(path): each pass leaves less"
  }

  private static func divergence(_ diagnosis: MigrationDiagnosis, _ evidence: Evidence) -> String {
    let payload = evidence.run.bandwidth.payload
    var text =
      "\(dirtying(evidence)), the path carries \(SizeText.of(payload))/s: each pass dirties as much as it sends"
    let limit = PlatformProfile.of(PlatformRun.platform(of: evidence.run.series.source)).downtimeLimit.value
      .nominal
    let most = max(limit.seconds, diagnosis.downtimeLimit?.seconds ?? 0)
    if let remainder = remainder(evidence), remainder > payload * most {
      text +=
        ". \(SizeText.of(remainder)) and more remain after a sync; to end, less than \(SizeText.of(payload * most)) "
        + "may (a pause of \(Duration(clampingSeconds: most).text))"
    }
    return text
  }
}
