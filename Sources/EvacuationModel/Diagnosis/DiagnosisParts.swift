public import Quantities

/// How the log's own times relate to real ones.
public struct ClockDiagnosis: Hashable, Sendable {
  /// Whether the times shown differ from the log's.
  public var isCorrected: Bool
  /// Real seconds for each second of the log.
  public var factor: Bounds
  /// Where that is known from.
  public var basis: String

  /// A clock.
  public init(isCorrected: Bool, factor: Bounds, basis: String) {
    self.isCorrected = isCorrected
    self.factor = factor
    self.basis = basis
  }
}

/// What the path carried, in bytes per second.
public struct BandwidthDiagnosis: Hashable, Sendable {
  /// On the wire: the best estimate.
  public var wire: Double
  /// On the wire: what it may be, or how it varied.
  public var range: Bounds
  /// Guest pages alone.
  public var payload: Double
  /// The seconds of the transfer over which it was taken.
  public var stretch: Bounds
  /// What it looks like: a full link, a default limit; empty if like nothing known.
  public var likeness: String

  /// A bandwidth.
  public init(wire: Double, range: Bounds, payload: Double, stretch: Bounds, likeness: String) {
    self.wire = wire
    self.range = range
    self.payload = payload
    self.stretch = stretch
    self.likeness = likeness
  }
}

/// Pages that hold nothing but zeros and cost next to nothing to send.
public struct ZeroShareDiagnosis: Hashable, Sendable {
  /// What the share is a share of.
  public enum Scope: String, Hashable, Sendable {
    /// All memory.
    case whole
    /// What the first pass had dealt with at the last look that fell into it.
    case soFar = "so_far"
    /// All memory, of which at least this much was never sent.
    case atLeast = "at_least"
  }

  /// The share.
  public var share: Ratio
  /// Of what.
  public var scope: Scope

  /// A share.
  public init(share: Ratio, scope: Scope) {
    self.share = share
    self.scope = scope
  }
}

/// Distinct memory dirtied in a period, divided by the period.
public struct DistinctDirtyRate: Hashable, Sendable {
  /// Bytes per second.
  public var bytesPerSecond: Double
  /// The period in seconds.
  public var overSeconds: Double
  /// Whether it may have been more.
  public var isFloor: Bool

  /// A rate.
  public init(bytesPerSecond: Double, overSeconds: Double, isFloor: Bool = false) {
    self.bytesPerSecond = bytesPerSecond
    self.overSeconds = overSeconds
    self.isFloor = isFloor
  }
}

/// The least that ever remained. It says nothing about progress; `reason` says why.
public struct LowWatermarkDiagnosis: Hashable, Sendable {
  /// Bytes.
  public var bytes: ByteCount
  /// When it was reached, in seconds of the transfer.
  public var reachedAt: Bounds
  /// The least that a look can have shown at the end; zero while any value could be seen.
  public var leastVisible: ByteCount
  /// Why it is meaningless.
  public var reason: String

  /// A watermark.
  public init(bytes: ByteCount, reachedAt: Bounds, leastVisible: ByteCount, reason: String) {
    self.bytes = bytes
    self.reachedAt = reachedAt
    self.leastVisible = leastVisible
    self.reason = reason
  }
}

/// What comes next in a migration that still runs.
public struct MigrationOutlook: Hashable, Sendable {
  /// Seconds of the transfer at which it ends by itself; `nil`: it does not, or that is not known.
  public var ends: Bounds?
  /// Seconds of the transfer at which the platform gives up, with its defaults; `nil`: it never does.
  public var aborts: Double?
  /// The pause at its end, in seconds.
  public var pause: Bounds?

  /// An outlook; by default nothing is known.
  public init(ends: Bounds? = nil, aborts: Double? = nil, pause: Bounds? = nil) {
    self.ends = ends
    self.aborts = aborts
    self.pause = pause
  }
}

/// What ends a migration that does not converge, as bounds over every guest that the log may show.
public struct RemedyBounds: Hashable, Sendable {
  /// Seconds of pause: from the smallest downtime limit that ends it to stopping it between two syncs.
  public var pauseNeeded: Bounds?
  /// Bytes per second at which the platform's limit ends it.
  public var bandwidthNeeded: Bounds?
  /// The same as multiples of what there is.
  public var bandwidthFactor: Bounds?
  /// The least throttle that ends it, as a share; `nil`: not even 99 % does.
  public var throttleNeeded: Bounds?
  /// The throttle at which auto-converge, in its steps, ends it; `nil`: it does not.
  public var autoConvergeThrottle: Bounds?
  /// Seconds that a migration with auto-converge takes in all.
  public var autoConvergeDuration: Bounds?
  /// Seconds that post-copy takes from the switch on.
  public var postCopyDuration: Bounds?
  /// Seconds that the guest stands at the switch to post-copy.
  public var postCopyDowntime: Bounds?

  /// Remedies; by default none.
  public init() {}
}
