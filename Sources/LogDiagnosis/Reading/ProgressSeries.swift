public import EvacuationModel

/// One look at a migration's progress. Bytes, seconds of the transfer, bytes per second.
struct ProgressSample: Hashable, Sendable {
  var seconds: Double
  /// On the wire so far.
  var processed: Double?
  var remaining: Double?
  var total: Double?
  /// Which pass was going on, from 1.
  var pass: Int?
  /// Distinct memory dirtied, as QEMU took it at its last evaluation; `nil` before the first.
  var dirtyRate: Double?
  /// On the wire, as QEMU measured it.
  var reportedRate: Double?
  var zeroPages: Double?
  var normalPages: Double?
  var pageSize = 4096.0
  /// cpu-throttle-percentage as a share.
  var throttle = 0.0
  /// What remained at the last sync over the bandwidth now, as QEMU tells it, in seconds.
  var expectedDowntime: Double?
  /// Whether the guest runs at the destination already.
  var isPostCopy = false
}

/// A downtime limit and when it came into force.
struct LimitStep: Hashable, Sendable {
  let limit: Double
  let seconds: Double
}

/// What old Nova says about the least that ever remained.
struct Watermark: Hashable, Sendable {
  let bytes: Double
  let secondsAgo: Double
  /// Seconds of the transfer at the line that says so.
  var saidAt: Bounds
}

/// One migration as a log tells it, whatever wrote the log.
public struct ProgressSeries: Hashable, Sendable {
  /// What wrote it.
  public let source: MigrationLogKind
  /// The file.
  public let path: String
  /// The guest as the log names it.
  public var vm: String?

  var samples: [ProgressSample] = []
  var clock: ClockDiagnosis?
  /// By which factors the samples' seconds may be off.
  var timeSpread = Bounds(1)
  var limits: [LimitStep] = []
  var watermark: Watermark?
  var ending: MigrationEnding?
  /// Seconds of the transfer at its end.
  var endedAt: Double?
  /// What the platform did at its end, in words; empty for what needs none.
  var endedBy = ""
  /// The guest's pause in seconds, as reported.
  var downtime: Double?
  /// Whether the last look came after the end.
  var sentIsFinal = false
  /// Bytes by which a rounded amount may be off.
  var rounding = 0.0
  /// Disks that travelled, in bytes; zero if none did.
  var diskBytes = 0.0
  var usesXBZRLE = false
  /// Whether this log shows no memory at all, only an end.
  var isEmpty: Bool { samples.isEmpty && ending == nil }

  init(source: MigrationLogKind, path: String, vm: String? = nil) {
    self.source = source
    self.path = path
    self.vm = vm
  }

  /// Looks at which the guest still ran at the source.
  var preCopy: [ProgressSample] { samples.filter { !$0.isPostCopy } }
  var total: Double? { samples.compactMap(\.total).last { $0 > 0 } }
}
