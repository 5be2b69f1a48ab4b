import MigrationSimulation

/// What is particular to the Grid'5000 runs (mVM, Kherbache et al., UCC 2015 and TCC 2017: KVM on 1 Gb/s Ethernet, some
/// nodes shaped to 500 Mb/s). Fitted on 1,000 migrations of two executions.
enum Grid5000Constants {
  /// Guest data carried by a shaped NIC, as a share of its 500 Mb/s: 18.05 s for each 1,000 MB more, cold writes
  /// included. 0.915 to 0.925 fit as well.
  static let shapedShare = 0.92
  /// The same of an unshaped 1 Gb/s NIC, where one migration thread of 2015 is about as slow as the line: 9.5 s for
  /// each 1,000 MB. 0.87 to 0.89.
  static let plainShare = 0.88
  /// The fastest NIC, in Mb/s, that is taken for shaped.
  static let shapedMegabits = 500.0
  /// What a migration loses while the destination's own sending fills its NIC, because its acknowledgements queue
  /// behind that traffic. Single runs lost 0 to 25 %.
  static let queuedAcknowledgements = 0.08
  /// Rewrites a second of each page of the hot set. The table's peak of 96 MB in 2 s is not sustained: that would take
  /// 12 s more than was measured at 500 Mb/s, where the hot set was sent once more and little else.
  static let hotRewrites = 0.03
  /// Seconds of orchestration and starting up (0.4 to 1).
  static let fixed = 0.7
  /// QEMU's pause limit in seconds.
  static let downtimeLimit = 0.3
  /// Of a migration on which nothing bears: 1 to 2 %, and half a second of the clock in whole seconds.
  static let spread = ForecastSpread(
    bandwidthSigma: 0.005, dirtySigma: 0.05, leastTouched: 1, fixedSeconds: 0.6)
  /// The same while others share a NIC or the destination sends: what queues where changes from run to run.
  static let contendedSpread = ForecastSpread(
    bandwidthSigma: 0.05, dirtySigma: 0.05, leastTouched: 1, fixedSeconds: 0.6)
}
