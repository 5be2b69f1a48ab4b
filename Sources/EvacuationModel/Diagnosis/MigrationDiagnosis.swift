public import Quantities

/// What a migration's log was written by, told by its content.
public enum MigrationLogKind: String, CaseIterable, Hashable, Sendable {
  /// nova-compute.
  case nova
  /// `virsh domjobinfo`, again and again.
  case domjobinfo
  /// QMP `query-migrate`, again and again.
  case queryMigrate = "query-migrate"
  /// The monitor's `info migrate`, again and again.
  case infoMigrate = "info-migrate"
  /// A Proxmox VE task.
  case proxmox
}

/// Whether a migration that was watched comes to its end by itself.
public enum ConvergenceVerdict: String, CaseIterable, Hashable, Sendable {
  /// It did.
  case converged
  /// It will.
  case converges
  /// It will not, or was stopped and would not have.
  case doesNotConverge = "does_not_converge"
  /// The log does not support an answer.
  case undecided
}

/// How a migration that was watched ended.
public enum MigrationEnding: String, CaseIterable, Hashable, Sendable {
  /// The guest runs at the destination.
  case completed
  /// The platform gave up; the guest goes on at the source.
  case aborted
  /// Somebody stopped it.
  case cancelled
  /// Something broke.
  case failed
}

/// What a log says about one migration. A value that is `nil` is not supported by the log.
///
/// Times are real seconds since the start of the transfer, amounts bytes, rates bytes per second.
public struct MigrationDiagnosis: Hashable, Sendable {
  /// What wrote the log.
  public var source: MigrationLogKind
  /// The file.
  public var path: String
  /// The guest as the log names it.
  public var vm: String?
  /// How often progress was looked at.
  public var samples = 0
  /// Guest memory as QEMU counts it, video memory and ROMs included.
  public var memory: ByteCount?
  /// How long the transfer had run at the last look or at its end.
  public var elapsed: Double?
  /// Bytes on the wire until then.
  public var sent: ByteCount?
  /// Whether the log's own times are right.
  public var clock: ClockDiagnosis?
  /// What the path carried.
  public var bandwidth: BandwidthDiagnosis?
  /// Pages that hold nothing but zeros.
  public var zeroShare: ZeroShareDiagnosis?
  /// Seconds of the pass over all memory.
  public var firstPass: Bounds?
  /// Passes that had begun at the last look.
  public var passes: Int?
  /// How often more remained at one look than at the one before.
  public var setbacks = 0
  /// Distinct memory dirtied, the shortest period first.
  public var dirtyRates: [DistinctDirtyRate] = []
  /// The least that ever remained, as old Nova reports it.
  public var lowWatermark: LowWatermarkDiagnosis?
  /// The pause permitted at the last look.
  public var downtimeLimit: Duration?
  /// How it ended; `nil`: it was still running.
  public var ending: MigrationEnding?
  /// What ended it, where the log says so.
  public var endedBy = ""
  /// The guest's pause as the platform reports it.
  public var downtime: Duration?
  /// Whether it comes to its end.
  public var verdict = ConvergenceVerdict.undecided
  /// Why.
  public var reason = ""
  /// What comes next; `nil` once it has ended.
  public var outlook: MigrationOutlook?
  /// What ends it; only where it does not converge.
  public var remedies: RemedyBounds?
  /// What the log does not tell, a sentence each.
  public var unknowns: [String] = []

  /// A diagnosis of which nothing but the log is known yet.
  public init(source: MigrationLogKind, path: String, vm: String? = nil) {
    self.source = source
    self.path = path
    self.vm = vm
  }
}
