/// Constants of QEMU's migration loop, each with its unit and source. Nothing here is fitted to one data set.
enum PreCopyConstants {
  /// Bytes on the wire for each byte of a normal page: 8 bytes of header on 4096 (QEMU migration/ram.c).
  static let wirePerPageByte = 4104.0 / 4096
  /// Bytes on the wire for each byte of a zero page: 9 bytes instead of 4096 (QEMU migration/ram.c).
  static let wirePerZeroByte = 9.0 / 4096
  /// Bytes per second at which zero pages are found: 14 to 21 GB/s per thread on CPUs of 2020 and later.
  static let zeroScanBytesPerSecond = 2e10
  /// Seconds of one quota window: a tenth of max-bandwidth is sent at the wire's full speed, then the thread
  /// sleeps until the window ends (QEMU migration/migration.c, BUFFER_DELAY).
  static let windowSeconds = 0.1
  /// Seconds after which a slice of sending ends when no quota ends it (QEMU migration/ram.c, MAX_WAIT).
  static let sliceSeconds = 0.05
  /// The least seconds between two looks at what remains: a turn of the loop costs that much.
  static let turnSeconds = 0.001
  /// Below this share of the wire's speed a migration is limited by its quota and not by the wire.
  static let pacedShare = 0.97
  /// Standard deviation of the logarithm of what a migration attains of a max-bandwidth that binds: 0.970 to 1.008 of it
  /// from the fifth to the ninety-fifth of a hundred (QEMU 7.2).
  static let limitSigma = 0.012
  /// Bytes that already lie in socket buffers when the guest is stopped and must drain before the rest
  /// (median of QEMU 7.2 on Linux over a saturated link: 2.1 to 4.1 MB a connection).
  static let socketBufferBytes = 2.7e6
  /// Seconds of traffic that they hold at most: 1 to 2.2 MB at 16 MB/s.
  static let socketBufferSeconds = 0.1
  /// The same where nothing is left to send when the guest stops, as after one pass of an idle guest: Linux' default
  /// tcp_wmem ends at 4 MiB, and 3.9 to 4.3 MB were seen.
  static let fullSocketBytes = 4.2e6
  /// Seconds of traffic of that at most (138 ms at 32 MB/s).
  static let fullSocketSeconds = 0.135
  /// The same with parallel channels (6 to 13 MB seen).
  static let multifdSocketBufferBytes = 8e6
  /// Seconds after which QEMU from 9.2 on syncs at the latest when auto-converge is on.
  static let autoConvergeSyncSeconds = 5.0
  /// The least seconds between two evaluations of the throttle (QEMU migration/ram.c).
  static let throttlePeriodSeconds = 1.0
  /// Share of a page that a difference still takes with XBZRLE, unless the workload says otherwise. Pages with
  /// one changed word take 0.3 %, pages rewritten in full 80 to 100 %.
  static let xbzrleEncodedShare = 0.7
  /// Seconds that a switch to post-copy pauses a guest for each byte that was sent and has been dirtied since, while
  /// the destination is told to discard it: 70 ms for 1.1 GB, 30 ms for 0.4 GB (QEMU under PostgreSQL), 7 to 22 ms in
  /// all for 0.1 GB.
  static let discardSecondsPerByte = 6.5e-11
  /// Seconds from the last page of post-copy to the end, while the destination tells that it has them all: 30 to 90 ms
  /// more than traffic and pause explain (QEMU 7.2).
  static let postCopyClosingSeconds = 0.06
  /// Seconds (a year) beyond which nobody waits and doubles no longer resolve a pass: "never".
  static let horizonSeconds = 3.2e7
  /// Bytes per second that stand for "no bound" where a number is needed.
  static let fastestBytesPerSecond = 1e15
  /// Looks at what remains that are simulated one by one: forty minutes of them, 50 ms apart.
  static let mostTurns = 50_000
  /// Rounds that are told one by one; what follows is told as one run.
  static let mostRounds = 48
}
