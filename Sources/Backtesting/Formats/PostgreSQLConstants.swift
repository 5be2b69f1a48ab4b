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
  /// Seconds between two looks of the script that switches to post-copy, at the first look after the time set.
  static let lookSeconds = 0.2008
  /// Share of its CPUs that the guest uses under YCSB with 16 threads: a throttle of 20 and 30 % hardly slowed its writes,
  /// 40 % made eight of ten runs end and 50 % the others (0.85 to 0.95 fit).
  static let utilisation = 0.92
  /// Seconds that each benchmark ran; migrations that outlasted it ended because it did.
  static let loadSeconds = 100.0
  /// Periods, in seconds, of passes that count as the short measurement, best first: QEMU averages over at least one
  /// second, and what matters in the end is what is dirtied in a few tenths.
  static let shortPeriods = [1.0...1.7, 1.0...2.5]
  /// Seconds after the start at which the script first looked; `first_pass_normal_bytes` counts from there.
  static let firstLook = 0.2
  /// How much of the memory a first pass must have covered to count as a measurement of what is not zero.
  static let wholePass = 0.98
  /// Run to run 2 % of the duration: how much the database has dirtied differs by 4 to 8 %.
  static let spread = ForecastSpread(
    bandwidthSigma: 0.005, dirtySigma: 0.06, leastTouched: 0.985, fixedSeconds: 0.1)
  /// Of post-copy and stop-and-copy: where the zero pages lie is not known.
  static let postCopySpread = ForecastSpread(
    bandwidthSigma: 0.01, dirtySigma: 0.06, leastTouched: 0.975, fixedSeconds: 0.25)
}
