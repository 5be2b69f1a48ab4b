public import Quantities

/// What past migrations taught about transports, as `evac calibrate` writes it and a policy names it.
public struct Calibration: Hashable, Sendable {
  /// The file of migrations that it comes from.
  public struct Source: Hashable, Sendable {
    /// Its name, without folders.
    public var file: String
    /// SHA-256 of its bytes, in hexadecimal.
    public var sha256: String
    /// How many migrations it holds.
    public var rows: Int

    /// The file `file`.
    public init(file: String, sha256: String, rows: Int) {
      self.file = file
      self.sha256 = sha256
      self.rows = rows
    }
  }

  /// By platform, transport and mode.
  public var transports: [CalibratedTransport]
  /// Where they come from.
  public var source: Source

  /// What `source` taught.
  public init(transports: [CalibratedTransport], source: Source) {
    self.transports = transports
    self.source = source
  }

  /// What was learned about `mode` over `transport` on `platform`; `nil` if nothing was.
  public func transport(_ transport: String, on platform: Platform, mode: MigrationMode)
    -> CalibratedTransport?
  {
    transports.first {
      $0.platform == platform && $0.transport == transport && $0.mode == mode && $0.learned != .nothing
    }
  }
}

/// One way of migrating: T = fixed part + bytes ÷ rate. For live migrations the bytes are memory; for block migrations
/// they are disks, and the fixed part is what block adds.
public struct CalibratedTransport: Hashable, Sendable {
  /// How much the rows supported.
  public enum Learned: String, CaseIterable, Hashable, Sendable {
    /// Rate and fixed part.
    case both
    /// The rate, with the platform's own fixed part.
    case rate
    /// Neither.
    case nothing
  }

  /// The platform.
  public var platform: Platform
  /// `direct`, `tunnelled`, `ssh`, or any other word that a history uses.
  public var transport: String
  /// Live or block.
  public var mode: MigrationMode
  /// What was learned.
  public var learned: Learned
  /// What one stream, or the mirrors of one guest, attain.
  public var rate: DataRate
  /// Standard error of `rate`.
  public var rateError: DataRate
  /// Standard deviation of the logarithm of the rate of the next migration.
  public var rateSigma: Double
  /// The fixed part.
  public var fixed: Duration
  /// Standard error of `fixed`; zero if it was not learned.
  public var fixedError: Duration
  /// Standard deviation of the fixed part of the next migration.
  public var fixedSigma: Duration
  /// How many migrations were used.
  public var rows: Int
  /// How many of them counted less because they lie far off.
  public var outliers: Int

  /// What was learned about a way of migrating; by default nothing.
  public init(
    platform: Platform, transport: String, mode: MigrationMode, learned: Learned = .nothing,
    rate: DataRate = .zero, rateError: DataRate = .zero, rateSigma: Double = 0, fixed: Duration = .zero,
    fixedError: Duration = .zero, fixedSigma: Duration = .zero, rows: Int, outliers: Int = 0
  ) {
    self.platform = platform
    self.transport = transport
    self.mode = mode
    self.learned = learned
    self.rate = rate
    self.rateError = rateError
    self.rateSigma = rateSigma
    self.fixed = fixed
    self.fixedError = fixedError
    self.fixedSigma = fixedSigma
    self.rows = rows
    self.outliers = outliers
  }

  /// How far the next migration may be off.
  public var spread: MeasuredSpread { MeasuredSpread(rateSigma: rateSigma, fixedSigma: fixedSigma) }
}

/// How far rate and fixed part of the next migration may be off, learned from past ones.
public struct MeasuredSpread: Hashable, Sendable {
  /// Standard deviation of the logarithm of the rate.
  public var rateSigma: Double
  /// Standard deviation of the fixed part.
  public var fixedSigma: Duration

  /// A spread.
  public init(rateSigma: Double, fixedSigma: Duration) {
    self.rateSigma = rateSigma
    self.fixedSigma = fixedSigma
  }
}
