import MigrationSimulation
import Quantities

/// What is particular to the clouds of the OSIC benchmark (github.com/osic/benchmarking_live-migration, Apache-2.0;
/// Nova at Newton/Ocata, QEMU 2.x, 2 × 10 GbE). Fitted on the small and large flavours of February 2017 and on the
/// serial series of March; every figure is the slope or the intercept over the flavours' means.
enum OSICConstants {
  /// What one migration thread carried of memory: 2.346 s/GiB between 4 and 16 GiB; 2 to 5 % from run to run.
  static let stream = DataRate.megabytesPerSecond(459)
  /// The same through libvirt's tunnel: 5.397 s/GiB.
  static let tunnel = DataRate.megabytesPerSecond(199.7)
  /// What the mirrors of local disks carried: 2.42 s/GiB between half of 40 and half of 160 GB (437 by the means, 449 by
  /// the medians).
  static let mirror = DataRate.megabytesPerSecond(444)
  /// Share of each disk that was filled before the runs ("each VM has its disk half full").
  static let filledShare = 0.5
  /// Seconds from the call to the transfer, the client's first look included.
  static let before = 4.5
  /// Seconds from the switch-over to the client seeing ACTIVE; half of its poll of 2.2 s included.
  static let after = 2.4
  /// Seconds more through the tunnel: libvirtd's connection (intercept 8.7 s instead of 6.9).
  static let tunnelSetup = 1.8
  /// Seconds more with local disks: creating them at the destination and ending the mirrors.
  static let blockSetup = 1.5

  /// Nova's part outside the semaphore, for one request at a time: scheduling and checks.
  static let queueingAlone = Duration.seconds(2)
  /// The same for two and more at a time, which hold each other up.
  static let queueingTogether = Duration.milliseconds(4500)
  /// What rally's task takes beyond its migrations, over shared storage: 6.9 to 9.0 s.
  static let taskShared = Duration.milliseconds(7500)
  /// The same through the tunnel: 9.3 to 11.8 s.
  static let taskTunnelled = Duration.seconds(10)
  /// The same with local disks: 4.8 to 5.7 s.
  static let taskBlock = Duration.milliseconds(4900)

  /// Share of a guest's memory that page cache and heaps fill in the end: Linux keeps some free. The serial series
  /// alone does not tell (0.8 to 1.1 fit it alike, 0.15 GiB off).
  static let fillableShare = 7.5 / 8
  /// GiB of that which the guests of the parallel test had not touched when it began.
  static let untouchedGibibytes = 4.42
  /// Hours in which what is untouched falls to 37 %: least squares over the forty serial evacuations.
  static let fillingHours = 4.6
  /// Seconds between two evacuations of the test: its pause of 15 s and rally's start.
  static let pauseBetween = 18.3
  /// Evacuations in each of its series: twenty there and back, for batches of 1, 2, 3 and 4 in turn.
  static let evacuationsPerSeries = 40

  /// Of one migration: its bandwidth varied by 4 to 5 % within a flavour, and the client polls every 2.2 s.
  static let guestSpread = ForecastSpread(
    bandwidthSigma: 0.05, dirtySigma: 0.3, leastTouched: 1, fixedSeconds: 1.3)
  /// Of a host's guests together, where they partly cancel.
  static let hostSpread = ForecastSpread(
    bandwidthSigma: 0.024, dirtySigma: 0.3, leastTouched: 1, fixedSeconds: 0.45)
}
