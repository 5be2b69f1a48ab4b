import EvacuationModel
import MigrationSimulation
import Quantities

extension PublicCase {
  /// What was done, as far as it is told.
  var experiment: MigrationExperiment {
    let sent = sentMemory
    var experiment = MigrationExperiment(
      memory: ByteCount(rounding: sent.memory), curve: curve(touched: sent.touched), wireRate: sent.rate,
      downtimeLimit: isNova
        ? .ladder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75))
        : .fixed(Duration(clampingSeconds: (row.number("downtime_limit_ms") ?? 300) / 1000)))
    experiment.spread = PublicCaseConstants.spread
    experiment.writing.isCyclic = stopsAfterFirstPass
    if isNova { experiment.timeout = Duration(clampingSeconds: 800 * (memory / 0x1p30).rounded()) }
    if contains("features", "vfio") {
      experiment.switchOver = Duration(clampingSeconds: PublicCaseConstants.vfioSeconds)
    }
    // Whether the guest is paused for the rest or runs at the destination, it goes once.
    if stopsAfterFirstPass { experiment.postCopy = (passes: 1, rate: .unlimited) }
    if row.text("mode")?.hasPrefix("postcopy") ?? false { experiment.postCopyAfter = .zero }
    if contains("platform", "qemu+ssh") {
      experiment.fixedTime = FixedTime(
        before: Duration(clampingSeconds: PublicCaseConstants.virshSeconds), after: .zero)
    }
    return experiment
  }

  private var isNova: Bool { contains("platform", "nova") }

  private var stopsAfterFirstPass: Bool { contains("mode", "stop-and-copy") }

  private func contains(_ column: String, _ text: String) -> Bool {
    row.text(column)?.lowercased().contains(text) ?? false
  }

  /// What the rate is about. A mean throughput has the search for zero pages in it, as long as sending and not searching
  /// was the limit; Proxmox divides all memory by the time.
  private var sentMemory: (memory: Double, touched: Double, rate: DataRate) {
    guard row.number("measured_throughput_Bps") != nil else { return (memory, touched, bandwidth) }
    if contains("platform", "proxmox") { return (memory, memory, bandwidth) }
    let searching = (memory - touched) / PublicCaseConstants.zeroScan
    let seconds = max(touched / bandwidth.bytesPerSecond, searching)
    return (touched, touched, DataRate(bytesPerSecond: touched / max(seconds, 1e-9)))
  }

  private func curve(touched: Double) -> DirtyCurve {
    let bytes = ByteCount(rounding: touched)
    let workingSet = row.number("working_set_bytes").map { max($0, 1) }
    if let rate = row.number("dirty_rate_Bps"), rate >= 0 {
      let size = workingSet ?? touched
      return DirtyCurve(classes: [(size, rate / size)], touched: bytes)
    }
    if let workingSet {
      // Stress at memory speed: as fast as the class of the hardest writers.
      let extreme = DirtyCurve(activity: MemoryActivity(intensity: .extreme), touched: bytes).initialRate
      return DirtyCurve(classes: [(workingSet, extreme.bytesPerSecond / workingSet)], touched: bytes)
    }
    let isIdle = row.text("workload")?.hasPrefix("idle") ?? false
    return DirtyCurve(activity: MemoryActivity(intensity: isIdle ? .idle : .low), touched: bytes)
  }
}
