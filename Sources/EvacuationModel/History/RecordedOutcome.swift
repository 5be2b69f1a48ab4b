public import Quantities

/// What became of a step, as somebody recorded it. The latest of a step counts.
public struct RecordedOutcome: Hashable, Sendable {
  /// What became of it.
  public enum Result: Hashable, Sendable {
    /// It is under way.
    case started
    /// The guest runs at its destination.
    case done
    /// The guest is where it was.
    case failed(reason: String, kind: FailureKind)
    /// Nobody is going to do it.
    case skipped

    /// Its word in files and tables.
    public var name: String {
      switch self {
      case .started: "started"
      case .done: "done"
      case .failed: "failed"
      case .skipped: "skipped"
      }
    }
  }

  /// Which step.
  public let step: PlannedMigration.ID
  /// What became of it.
  public let result: Result
  /// How long it took, or ran until it failed.
  public let took: Duration?
  /// How long the transfer alone took, as the platform's log knows it: without what the platform does before and after.
  public let transfer: Duration?
  /// How long the guest did not run.
  public let downtime: Duration?
  /// What crossed the network.
  public let transferred: ByteCount?
  /// When it was so.
  public let at: Instant
  /// What whoever recorded it wants to say.
  public let note: String

  /// An outcome. Times are kept to a millisecond, so that what is stored, written out and read again is the same.
  public init(
    step: PlannedMigration.ID, result: Result, took: Duration? = nil, transfer: Duration? = nil,
    downtime: Duration? = nil, transferred: ByteCount? = nil, at: Instant, note: String = ""
  ) {
    self.step = step
    self.result = result
    self.took = took.map { Duration(milliseconds: $0.milliseconds) }
    self.transfer = transfer.map { Duration(milliseconds: $0.milliseconds) }
    self.downtime = downtime.map { Duration(milliseconds: $0.milliseconds) }
    self.transferred = transferred
    self.at = Instant(milliseconds: at.milliseconds, utcOffsetSeconds: at.utcOffsetSeconds)
    self.note = note
  }

  /// How long the whole step took: as it was said, else the transfer with the platform's part around it as `forecast` has that.
  public func whole(_ forecast: MigrationForecast) -> Duration? {
    took ?? transfer.map { $0 + forecast.phases.before + forecast.phases.after }
  }

  /// Whether `other` says the same of the same step, whenever it was said.
  public func saysTheSame(as other: Self) -> Bool {
    step == other.step && result == other.result && took == other.took && transfer == other.transfer
      && downtime == other.downtime && transferred == other.transferred && note == other.note
  }
}

extension Duration {
  /// A duration of whole milliseconds.
  public init(milliseconds: Int64) {
    self.init(clampingSeconds: Double(milliseconds) / 1000)
  }

  /// The nearest number of milliseconds; beyond 10¹² s, 10¹⁵.
  public var milliseconds: Int64 { Int64((Swift.max(-1e12, Swift.min(1e12, seconds)) * 1000).rounded()) }
}

extension Instant {
  /// The moment `milliseconds` after 1970 began.
  public init(milliseconds: Int64, utcOffsetSeconds: Int = 0) {
    self.init(secondsSince1970: Double(milliseconds) / 1000, utcOffsetSeconds: utcOffsetSeconds)
  }

  /// The nearest number of milliseconds since 1970 began, within ± 10¹² s.
  public var milliseconds: Int64 {
    guard !secondsSince1970.isNaN else { return 0 }
    return Int64((Swift.max(-1e12, Swift.min(1e12, secondsSince1970)) * 1000).rounded())
  }
}
