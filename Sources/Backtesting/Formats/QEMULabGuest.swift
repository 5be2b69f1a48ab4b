import EvacuationModel
import MigrationSimulation
import Quantities

/// One run's guest and migration, as the columns that all tables of the QEMU laboratory share describe them.
struct QEMULabGuest {
  let row: CSVRow
  let input: DirtyInput

  /// The migration of its memory; `nil` where a column is missing.
  var experiment: MigrationExperiment? {
    guard let memory = row.number("ram_mib"), let touched = row.number("fill_mib"),
      let limit = row.number("bw_mbs"), let downtime = row.number("dl_ms"), memory > 0, limit > 0,
      wireRate > .zero,
      let curve = curve(touched: .mebibytes(touched))
    else { return nil }
    var experiment = MigrationExperiment(
      memory: .mebibytes(memory), curve: curve,
      bandwidthLimit: .megabytesPerSecond(limit * QEMULabConstants.limitShare), wireRate: wireRate,
      downtimeLimit: .fixed(Duration(clampingSeconds: downtime / 1000)))
    experiment.timeout = row.number("timeout_s").map { Duration(clampingSeconds: $0) }
    experiment.writing = writing
    experiment.spread = spread
    if row.text("pace") == "open" {
      let utilisation = min(1, pagesPerSecond / QEMULabConstants.busyPagesPerSecond)
      experiment.throttleResponse = .servesDemand(utilisation: utilisation)
    }
    permit(&experiment)
    return experiment
  }

  /// Columns that must hold numbers.
  var neededColumns: [String] {
    ["ram_mib", "fill_mib", "ws_mib", "bw_mbs", "dl_ms"]
      + (input == .measured ? ["dr_wl_4096_1s", "dr_wl_4096_5s"] : [])
  }

  /// What the wire carries.
  var wireRate: DataRate {
    row.number("link_mbs").map { .megabytesPerSecond($0 * QEMULabConstants.linkShare) }
      ?? QEMULabConstants.loopback
  }

  /// Page writes a second, the mean over bursts and rests: one second before the start says nothing of that.
  var pagesPerSecond: Double {
    let isBursty = row.number("on_ms") ?? 0 > 0
    return (isBursty ? nil : row.number("guest_pps_before")) ?? row.number("rate_pps") ?? 0
  }

  private var spread: ForecastSpread {
    // What slows a guest or packs its pages depends on more than its rate.
    let isAided = ["auto-converge", "xbzrle"].contains(row.text("cap") ?? "")
    let known = isAided ? 0.06 : 0.02
    return ForecastSpread(
      bandwidthSigma: isAided ? 0.03 : 0.015, dirtySigma: input == .true ? known : 0.3, leastTouched: 1,
      fixedSeconds: 0.05)
  }

  private var writing: WritePattern {
    WritePattern(
      isCyclic: input == .true && row.text("pattern") == "seq", isLowestFirst: true,
      onSeconds: (row.number("on_ms") ?? 0) / 1000,
      offSeconds: (row.number("off_ms") ?? 0) / 1000)
  }

  private func permit(_ experiment: inout MigrationExperiment) {
    switch row.text("cap") {
    case "auto-converge": experiment.autoConverge = AutoConverge()
    case "multifd": experiment.channels = Int(max(2, min(row.number("channels") ?? 2, 64)))
    case "xbzrle":
      experiment.xbzrle = (
        cache: .mebibytes(row.number("cache_mib") ?? 64),
        encodedShare: row.text("write") == "word"
          ? QEMULabConstants.encodedWord : QEMULabConstants.encodedPage
      )
    case "postcopy":
      let rate = row.number("pc_bw_mbs").map { $0 > 0 ? DataRate.megabytesPerSecond($0) : .unlimited }
      // QEMU counts the sync before the first pass as well.
      let passes = Int(max(1, min(row.number("pc_after") ?? 2, 1e6) - 1))
      experiment.postCopy = (passes: passes, rate: rate ?? .unlimited)
    default: break
    }
  }

  private func curve(touched: ByteCount) -> DirtyCurve? {
    switch input {
    case .true: return trueCurve(touched: touched)
    case .measured:
      guard let one = row.number("dr_wl_4096_1s"), let five = row.number("dr_wl_4096_5s") else { return nil }
      let rates = [(one, 1), (five, 5)].map { rate, period in
        DirtyRateMeasurement(
          rate: .mebibytesPerSecond(rate + QEMULabConstants.truncation), period: .seconds(period))
      }
      return DirtyCurve(activity: MemoryActivity(dirtyRates: rates), touched: touched)
    }
  }

  private func trueCurve(touched: ByteCount) -> DirtyCurve? {
    guard let workingSet = row.number("ws_mib") else { return nil }
    let bytes = workingSet * 1_048_576
    let rate = pagesPerSecond * 4096
    guard bytes > 0, rate > 0 else { return DirtyCurve(classes: [], touched: touched) }
    guard let hot = row.number("hot_mib"), let share = row.number("hf"), hot > 0 else {
      return DirtyCurve(classes: [(bytes, rate / bytes)], touched: touched)
    }
    // A share of the writes goes to the hot set, the rest to all of the working set.
    let hotBytes = hot * 1_048_576
    let everywhere = rate * (1 - share) / bytes
    return DirtyCurve(
      classes: [(hotBytes, rate * share / hotBytes + everywhere), (bytes - hotBytes, everywhere)],
      touched: touched)
  }

  /// What is particular about it.
  var circumstances: String {
    let bandwidth = min(wireRate.bytesPerSecond, (row.number("bw_mbs") ?? 1e9) * 1e6)
    let writes = bandwidth > 0 ? pagesPerSecond * 4096 / bandwidth : 0
    var parts = ["writes \((writes * 100).rounded() / 100) of the bandwidth"]
    if let pattern = row.text("pattern"), pattern == "seq" { parts.append("in a circle") }
    if row.number("on_ms") ?? 0 > 0 { parts.append("in bursts") }
    if let hot = row.number("hot_mib"), hot > 0 { parts.append("hot set of \(Int(min(hot, 1e9))) MiB") }
    if let limit = row.text("dl_ms") { parts.append("pause limit \(limit) ms") }
    return parts.joined(separator: ", ")
  }
}
