import Quantities

/// What is particular to the machine of the QEMU laboratory (QEMU 7.2 under TCG, source and destination on one
/// host), with where each figure comes from.
enum QEMULabConstants {
  /// What the loopback carried: 850 to 900 MB/s in runs without a limit, up to 1,080 in a last round of 100 MB.
  static let loopback = DataRate.megabytesPerSecond(900)
  /// Share of the token bucket's rate that carried guest data in the first pass.
  static let linkShare = 0.988
  /// Share of max-bandwidth that was attained in the first pass (P5 to P95 0.970 to 1.008).
  static let limitShare = 0.994
  /// Page writes a second that kept the guest's one virtual CPU fully busy.
  static let busyPagesPerSecond = 180_000.0
  /// What an XBZRLE difference takes of a page on the wire when one word of it has changed: 7 to 12 bytes of 4104.
  static let encodedWord = 12.0 / 4104
  /// The same when all of it has changed: 3.3 to 3.6 KB.
  static let encodedPage = 0.85
  /// MiB/s that calc-dirty-rate leaves out on average, because it reports whole ones, rounded down
  /// (QEMU migration/dirtyrate.c, `update_dirtyrate`).
  static let truncation = 0.5
  /// Share of a mirror job's own speed that it attained without writes.
  static let jobShare = 0.991
  /// QEMU's mirror copies whole clusters of this size (block/mirror.c, granularity): smaller writes are amplified.
  static let clusterKibibytes = 64.0
  /// Share of a link that a mirror attained while the guest wrote: 0.77 to 0.98 in six runs, bytes copied over time.
  /// Clusters that were written again go one by one, each with a round trip of its own.
  static let mirrorShareUnderWrites = 0.91
  /// Bytes in flight when a mirror is ended, at most sixteen requests of 1 MiB (block/mirror.c).
  static let mirrorInFlight = 12e6
  /// Standard deviation of the logarithm of what the link carries in all, from run to run.
  static let linkSigma = 0.015
  /// Standard deviation of the logarithm of a stream's share over a whole migration: of equal guests over one link one
  /// ended 1 to 3 s before the others in 26.
  static let luckSigma = 0.05
  /// Seconds between a migration's end and the start of the next in the queue: the laboratory looked every 0.2 s or so.
  static let queueSeconds = 0.17
  /// Phases of a burst that are tried, because nobody knows in which one a migration begins.
  static let burstPhases = 16
}
