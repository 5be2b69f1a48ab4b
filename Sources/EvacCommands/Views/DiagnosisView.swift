import EvacuationModel
import Quantities
import RunbookExport

/// Diagnoses for people: the verdict and its reason, then what was measured, what would help and what the log does
/// not tell.
struct DiagnosisView {
  let diagnoses: [MigrationDiagnosis]
  let paint: Paint

  var text: String {
    diagnoses.map { lines(of: $0).joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func lines(of diagnosis: MigrationDiagnosis) -> [String] {
    var lines = [paint.strong(VisibleText.of(title(diagnosis)))]
    lines += WrappedText.lines(verdict(diagnosis), indentation: 2).map { painted($0, diagnosis.verdict) }
    lines += measurements(diagnosis).flatMap { entry($0.0, $0.1) }
    let remedies = remedies(diagnosis)
    if !remedies.isEmpty {
      lines.append("  ways out:")
      lines += remedies.flatMap { entry("  " + $0.0, $0.1) }
    }
    if !diagnosis.unknowns.isEmpty {
      lines.append("  not in the log:")
      lines += diagnosis.unknowns.flatMap { WrappedText.lines("- \($0)", indentation: 4) }.map {
        paint.faint($0)
      }
    }
    return lines
  }

  private func title(_ diagnosis: MigrationDiagnosis) -> String {
    let kind =
      switch diagnosis.source {
      case .nova: "nova-compute log"
      case .domjobinfo: "virsh domjobinfo"
      case .queryMigrate: "query-migrate"
      case .infoMigrate: "info migrate"
      case .proxmox: "Proxmox task log"
      }
    let looks = "\(diagnosis.samples) \(diagnosis.samples == 1 ? "look" : "looks")"
    return "\(diagnosis.vm ?? "migration") — \(kind) \(diagnosis.path), \(looks)"
  }

  private func verdict(_ diagnosis: MigrationDiagnosis) -> String {
    let word =
      switch diagnosis.verdict {
      case .converged: "converged"
      case .converges: "converges"
      case .doesNotConverge: "does not converge"
      case .undecided: "undecided"
      }
    let ended = diagnosis.ending.map { ending in
      "\(ending.rawValue)\(diagnosis.elapsed.map { " after \(seconds($0))" } ?? "")"
        + (diagnosis.endedBy.isEmpty ? "; " : " by \(diagnosis.endedBy); ")
    }
    return "\(ended ?? "")\(word): \(diagnosis.reason)"
  }

  private func painted(_ line: String, _ verdict: ConvergenceVerdict) -> String {
    switch verdict {
    case .converged, .converges: paint.good(line)
    case .doesNotConverge: paint.bad(line)
    case .undecided: paint.warning(line)
    }
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let name = "  \(name)" + String(repeating: " ", count: max(1, 16 - name.count))
    return WrappedText.lines(text, indentation: name.count).enumerated().map { index, line in
      index == 0 ? name + line.dropFirst(name.count) : line
    }
  }
}

// What was measured.
extension DiagnosisView {
  private func measurements(_ diagnosis: MigrationDiagnosis) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let memory = diagnosis.memory { rows.append(("memory", memory.description)) }
    if let bandwidth = diagnosis.bandwidth { rows.append(("bandwidth", self.bandwidth(bandwidth))) }
    if let zero = diagnosis.zeroShare { rows.append(("zero pages", zeroPages(zero))) }
    if let pass = diagnosis.firstPass { rows.append(("first pass", RangeText.seconds(pass))) }
    rows += diagnosis.dirtyRates.prefix(1).map { ("dirties", dirtying($0)) }
    if let longest = diagnosis.dirtyRates.last, diagnosis.dirtyRates.count > 1 {
      rows.append(("", dirtying(longest)))
    }
    if let sent = diagnosis.sent { rows.append(("sent", self.sent(sent, of: diagnosis.memory))) }
    if diagnosis.setbacks > 0 {
      let times = diagnosis.setbacks == 1 ? "once" : "\(diagnosis.setbacks) times"
      rows.append(("progress", "went back \(times): normal, each sync adds what has been dirtied"))
    }
    if let limit = diagnosis.downtimeLimit {
      rows.append(("downtime limit", "\(limit.text) at the last look"))
    }
    if let pause = diagnosis.downtime { rows.append(("pause", "\(pause.text) as the platform reports it")) }
    if let mark = diagnosis.lowWatermark {
      rows.append(
        ("low watermark", "\(RangeText.bytes(Double(mark.bytes.bytes))) is meaningless: \(mark.reason)"))
    }
    if let clock = diagnosis.clock { rows.append(("clock", self.clock(clock))) }
    if let outlook = diagnosis.outlook { rows += self.outlook(outlook) }
    return rows
  }

  private func bandwidth(_ bandwidth: BandwidthDiagnosis) -> String {
    let range = RangeText.rate(bandwidth.range)
    let like = bandwidth.likeness.isEmpty ? "" : ": \(bandwidth.likeness)"
    return "\(range) on the wire, best \(RangeText.bytes(bandwidth.wire, digits: 4))/s, "
      + "\(RangeText.bytes(bandwidth.payload, digits: 4))/s of guest pages, from "
      + "\(seconds(bandwidth.stretch.low)) to \(seconds(bandwidth.stretch.high))\(like)"
  }

  private func zeroPages(_ zero: ZeroShareDiagnosis) -> String {
    switch zero.scope {
    case .whole: "\(zero.share) of the memory"
    case .soFar: "\(zero.share) of what the first pass had dealt with at its last look"
    case .atLeast: "at least \(zero.share) of the memory: so much was never sent"
    }
  }

  private func dirtying(_ rate: DistinctDirtyRate) -> String {
    "\(rate.isFloor ? "at least " : "")\(RangeText.bytes(rate.bytesPerSecond))/s of distinct pages over "
      + seconds(rate.overSeconds)
  }

  private func sent(_ sent: ByteCount, of memory: ByteCount?) -> String {
    guard let memory, memory.bytes > 0, sent > memory else { return RangeText.bytes(Double(sent.bytes)) }
    let times = Double(sent.bytes) / Double(memory.bytes)
    return "\(RangeText.bytes(Double(sent.bytes))), \(times.text(significantDigits: 3)) times the memory"
  }

  private func clock(_ clock: ClockDiagnosis) -> String {
    guard clock.isCorrected else { return clock.basis }
    let factors = [clock.factor.low, clock.factor.high].map { $0.text(places: 3) }
    let range = factors[0] == factors[1] ? factors[0] : "\(factors[0])–\(factors[1])"
    return "corrected: a second of the log is \(range) real ones; \(clock.basis)"
  }

  private func outlook(_ outlook: MigrationOutlook) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let ends = outlook.ends { rows.append(("ends", "\(RangeText.seconds(ends)) after its start")) }
    if let pause = outlook.pause { rows.append(("pause then", RangeText.seconds(pause))) }
    if let aborts = outlook.aborts {
      rows.append(
        ("is aborted", "\(seconds(aborts)) after its start, with the platform's defaults, if it still runs"))
    }
    return rows
  }

  private func seconds(_ value: Double) -> String { Duration(clampingSeconds: value).text }
}

// What would help.
extension DiagnosisView {
  private func remedies(_ diagnosis: MigrationDiagnosis) -> [(String, String)] {
    guard let remedies = diagnosis.remedies else { return [] }
    var rows: [(String, String)] = []
    let floor = diagnosis.dirtyRates.first?.isFloor ?? false
    if let pause = remedies.pauseNeeded {
      rows.append(
        ("longer pause", "\(RangeText.seconds(pause, rounded: true))\(floor ? ", by what was seen" : "")"))
    }
    if let rate = remedies.bandwidthNeeded, let factor = remedies.bandwidthFactor {
      rows.append(("bandwidth", "\(RangeText.rate(rate)), \(RangeText.times(factor)) what there is"))
    }
    rows.append(("auto-converge", autoConverge(remedies)))
    if let duration = remedies.postCopyDuration, let pause = remedies.postCopyDowntime {
      rows.append(
        (
          "post-copy",
          "done in \(RangeText.seconds(duration)) in all if switched after the first pass, pause "
            + "\(RangeText.seconds(pause)); a network fault meanwhile stops the guest"
        ))
    }
    return rows
  }

  private func autoConverge(_ remedies: RemedyBounds) -> String {
    guard let throttle = remedies.autoConvergeThrottle, let duration = remedies.autoConvergeDuration else {
      return "not even at 99 %"
    }
    return "ends it at a throttle of \(RangeText.percent(throttle)), after \(RangeText.seconds(duration))"
  }
}
