public import Quantities

/// How a virtual machine moves.
public enum MigrationMode: String, CaseIterable, Hashable, Sendable {
  /// Running; no disk travels.
  case live
  /// Running; local disks travel with it.
  case block
  /// Stopped.
  case cold
}

/// How a live or block migration ends.
public enum ConvergenceOutcome: Hashable, Sendable {
  /// By itself.
  case converges
  /// Because auto-converge slowed the guest to this share less.
  case convergesThrottled(Ratio)
  /// By switching to post-copy.
  case needsPostCopy
  /// The platform's completion timeout ends it, by its timeout action.
  case timesOut
  /// Nothing ends it.
  case neverConverges
  /// Cold: there is nothing to converge.
  case notApplicable

  /// The word in JSON and tables.
  public var word: String {
    switch self {
    case .converges: "converges"
    case .convergesThrottled: "converges_throttled"
    case .needsPostCopy: "needs_post_copy"
    case .timesOut: "times_out"
    case .neverConverges: "never_converges"
    case .notApplicable: "not_applicable"
    }
  }
}
