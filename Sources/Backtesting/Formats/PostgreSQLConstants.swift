import MigrationSimulation
import Quantities

/// What is particular to the PostgreSQL runs (QEMU 9.2 or later, source and destination on one host, YCSB from outside),
/// fitted on fifty of them.
enum PostgreSQLConstants {
  /// Guest data sent under a limit, as a share of max-bandwidth: 1,082.1 instead of 1,073.7 Mb/s on the wire in all
  /// fifty runs, less 8 bytes for each page.
  static let limitShare = 1.0058
  /// What the loopback carries when no limit holds: post-copy spent 1.69 µs on a page (run by run 1.6 to 1.8).
  static let wireRate = DataRate(bytesPerSecond: 2.43e9)
  /// Bytes per second of zero pages that post-copy still has to look through: 0.51 µs a page (0.45 to 0.55).
  static let zeroScan = 8.1e9
  /// Seconds until post-copy's switch is noticed by the script that polls for it (0.1 to 0.4).
  static let switchDelay = 0.2
  /// Share of its CPUs that the guest uses under YCSB with 16 threads: a throttle of 20 and 30 % left its writes as they
  /// were, 40 % took a tenth off (0.6 to 0.75 fit).
  static let utilisation = 0.65
  /// Seconds that each benchmark ran; migrations that outlasted it ended because it did.
  static let loadSeconds = 100.0
  /// Shortest and longest period, in seconds, of a pass that counts as the short measurement: QEMU averages over at
  /// least one second.
  static let shortPeriods = 1.0...2.5
  /// How much of the memory a first pass must have covered to count as a measurement of what is not zero.
  static let wholePass = 0.98
  /// Run to run 2 % of the duration: how much the database has dirtied differs by 6 to 10 %.
  static let spread = ForecastSpread(
    bandwidthSigma: 0.005, dirtySigma: 0.08, leastTouched: 0.985, fixedSeconds: 0.2)
}
