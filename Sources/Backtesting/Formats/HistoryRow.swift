public import EvacuationModel
import Quantities

/// Under what a migration of a history ran: what decides which defaults, policy and calibration count for it.
public struct HistorySetup: Hashable, Sendable {
  /// The platform.
  public var platform: Platform
  /// Its release, if stated.
  public var release: PlatformRelease?
  /// What carried it: `direct`, `tunnelled`, `ssh`, or a word of the history's own.
  public var transport: String

  /// The platform's own defaults, over this transport.
  public var defaultPolicy: Policy {
    var policy = Policy(name: "\(platform.rawValue) defaults", platform: platform, release: release)
    policy.network.transport = transport
    policy.network.streamRate =
      PlatformProfile.of(platform, release: release).stream(over: policy.network).value
    return policy
  }
}

/// One migration of a history.
struct HistoryRow: Sendable {
  /// How it ended.
  enum Outcome: Sendable {
    case completed, givenUp
  }

  var id: String
  var setup: HistorySetup
  var mode = MigrationMode.live
  var group: String
  var outcome = Outcome.completed
  /// The whole of it; where that is not known, the transfer and what the platform takes around it by its defaults.
  var seconds: Double
  /// The transfer, where nothing else is known.
  var transferSeconds: Double?
  var downtimeSeconds: Double?
  var memory: ByteCount
  var memoryTouched: ByteCount?
  var disk: ByteCount?
  var diskWriteRate: DataRate?
  var activity = MemoryActivity()
  var bandwidth: DataRate?
  var bandwidthLimit: DataRate?
  var downtimeLimit: Duration?
  var autoConverge: Bool?
  var postCopy: Bool?
  var transferred: ByteCount?
  /// How many ran at the same time, this one included.
  var concurrent = 1
}

extension HistoryRow {
  /// Reads one line, or says why it is no migration that can be judged.
  init(_ row: CSVRow) throws(SkipReason) {
    let cells = HistoryCells(row: row)
    guard let memory = try cells.amount("memory"), memory > .zero else { throw SkipReason("no memory") }
    let duration = try cells.time("duration"), transfer = try cells.time("transfer")
    guard let known = duration ?? transfer, known > .zero else { throw SkipReason("no duration") }
    guard let id = row.text("id") else { throw SkipReason("no id") }
    let setup = try Self.setup(cells)
    let mode: MigrationMode = try cells.choice("mode") ?? .live
    self.init(
      id: id, setup: setup, mode: mode,
      group: row.text("group") ?? "\(setup.platform.rawValue)/\(mode.rawValue)/\(setup.transport)",
      outcome: try Self.outcome(row), seconds: known.seconds,
      transferSeconds: duration == nil ? known.seconds : nil,
      downtimeSeconds: try cells.time("downtime")?.seconds, memory: memory,
      memoryTouched: try cells.amount("memory_touched"), disk: try cells.amount("disk_copied"),
      diskWriteRate: try cells.rate("disk_write_rate"), activity: try Self.activity(cells),
      bandwidth: try cells.rate("bandwidth"), bandwidthLimit: try cells.rate("bandwidth_limit"),
      downtimeLimit: try cells.time("downtime_limit"), autoConverge: try cells.flag("auto_converge"),
      postCopy: try cells.flag("post_copy"), transferred: try cells.amount("transferred"),
      concurrent: try cells.count("concurrent") ?? 1)
    guard mode != .block || disk ?? .zero > .zero else { throw SkipReason("block without disk_copied") }
    guard bandwidth != .zero, bandwidthLimit != .zero else { throw SkipReason("a bandwidth of nothing") }
    if duration == nil { seconds += around.seconds }
  }

  /// What the platform takes around the transfer.
  private var around: Duration {
    let fixed = setup.defaultPolicy.network.fixedTime
    return mode == .block ? fixed.around + fixed.block : fixed.around
  }

  private static func setup(_ cells: HistoryCells) throws(SkipReason) -> HistorySetup {
    let platform: Platform = try cells.choice("platform") ?? .generic
    var release: PlatformRelease?
    if let text = cells.row.text("platform_version") {
      release = PlatformRelease(text, of: platform)
      if release == nil { throw SkipReason("platform_version: not a known release of \(platform.rawValue)") }
    }
    let usual = PlatformProfile.of(platform).sshTunnel.value ? "ssh" : "direct"
    return HistorySetup(
      platform: platform, release: release, transport: cells.row.text("transport")?.lowercased() ?? usual)
  }

  private static func outcome(_ row: CSVRow) throws(SkipReason) -> Outcome {
    switch row.text("outcome")?.lowercased() {
    case nil, "completed", "success", "finished", "converged", "ok": .completed
    case "aborted", "timed_out", "timeout", "cancelled", "not_converged": .givenUp
    case "failed", "error":
      throw SkipReason("it failed for a reason of its own, which says nothing of convergence")
    default: throw SkipReason("outcome: none of completed, aborted, timed_out, cancelled, failed")
    }
  }

  private static func activity(_ cells: HistoryCells) throws(SkipReason) -> MemoryActivity {
    var rates: [DirtyRateMeasurement] = []
    for suffix in ["", "_2"] {
      let period = try cells.time("dirty_rate\(suffix)_period") ?? .seconds(1)
      guard let rate = try cells.rate("dirty_rate\(suffix)") else { continue }
      guard period > .zero else { throw SkipReason("dirty_rate\(suffix)_period: nothing at all") }
      rates.append(DirtyRateMeasurement(rate: rate, period: period))
    }
    return MemoryActivity(
      intensity: try cells.choice("write_intensity"), dirtyRates: rates,
      workingSet: try cells.amount("working_set"), cpuUse: try cells.share("cpu_use"))
  }
}
