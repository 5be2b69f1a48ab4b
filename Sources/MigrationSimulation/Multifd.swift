import Quantities

/// QEMU's parallel channels.
enum Multifd {
  /// Channels are limited in whole packets of 128 pages per window of 100 ms, so that a small limit is exceeded:
  /// 16 MB/s are really 21 (QEMU migration/multifd.c; seen with 7.2).
  static func limit(_ rate: DataRate) -> DataRate {
    guard rate < .unlimited else { return rate }
    let packet = 128 * 4096.0
    let perWindow = rate.bytesPerSecond * PreCopyConstants.windowSeconds
    return DataRate(
      bytesPerSecond: (perWindow / packet).rounded(.up) * packet / PreCopyConstants.windowSeconds)
  }
}
