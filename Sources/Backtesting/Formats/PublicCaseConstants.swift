import MigrationSimulation
import Quantities

/// What the public cases' platforms and scripts add, each from the source that the table names.
enum PublicCaseConstants {
  /// Guest data on 1 Gb/s Ethernet in bytes per second: 114.4 MB/s in Platform9's log, 115.5 in a transfer of 131 s.
  static let gigabitLink = DataRate(bytesPerSecond: 115e6)
  /// The same on 10 Gb/s, where one migration thread is the limit.
  static let tenGigabitLink = DataRate(bytesPerSecond: 1.0e9)
  /// Seconds of `virsh migrate` besides the transfer, ssh's connection included, in the CS695 runs (whole seconds).
  static let virshSeconds = 1.0
  /// What a guest of the CS695 runs has touched before its workload starts, in bytes.
  static let idleGuest = 1_202_590_842.0
  /// What the writing program of the CS695 sweep touches besides the pages that it writes, in bytes (100 to 250 MB).
  static let writerBytes = 200e6
  /// Seconds that it has been writing when the migration is called (8 to 12).
  static let writerLead = 10.0
  /// Seconds that VFIO devices add to the pause: 483 and 518 ms measured in all.
  static let vfioSeconds = 0.4
  /// Bytes a second at which a thread finds zero pages when the table gives no better (14 GB/s seen in the 1-TiB guest).
  static let zeroScan = 14.4e9
  /// Bandwidth stated as a cap or a mean; memory as counted; a second of the clock.
  static let spread = ForecastSpread(
    bandwidthSigma: 0.025, dirtySigma: 0.08, leastTouched: 0.99, fixedSeconds: 0.3)
}
