public import EvacuationModel
public import Quantities

/// All about one migration except the bandwidth it gets: what has to be moved, how, under which rules.
public struct MigrationDemand: Sendable {
  /// How it moves.
  public let mode: MigrationMode
  /// The most it can use: stream rate × channels, and the caps of policy and guest.
  public let cap: DataRate
  /// A known duration that replaces the forecast's at any bandwidth.
  public let prescribed: Duration?
  /// How fast its memory is dirtied.
  public let curve: DirtyCurve

  let guestState: PowerState
  let memory: ByteCount
  let zeroPages: Double
  /// The most it can use once its own cap no longer holds: in the last round and in post-copy.
  let uncapped: DataRate
  let diskBytes: Double
  let diskWritesPerSecond: Double
  let diskRate: Double
  let beforeSeconds: Double
  let afterSeconds: Double
  let options: PreCopyOptions
  let spread: ForecastSpread

  /// What must cross the network at least once: allocated disks that travel and touched memory.
  public var firstCopy: ByteCount {
    ByteCount(rounding: diskBytes + (mode == .cold ? 0 : curve.touched))
  }

  /// The least of what its caps and its disks let it use, in bytes per second.
  public var mostBandwidth: Double { min(cap.bytesPerSecond, diskBytes > 0 ? diskRate : .infinity) }

  /// Whether anything crosses the network at all.
  public var hasTraffic: Bool { mode != .cold || diskBytes > 0 }

  /// What memory gets of `rate`, and what its last round gets, in which max-bandwidth does not hold.
  ///
  /// The mirrors stay in step with the guest's writes until the switch; memory gets the rest.
  func memoryRates(
    of rate: Double, pathCapacity: Double, isUncapped: Bool = false
  ) -> (copying: Double, last: Double) {
    let writes = mode == .block ? min(diskWritesPerSecond, rate) : 0
    let isCapped = isUncapped || rate >= cap.bytesPerSecond * (1 - 1e-9)
    let most = isUncapped ? pathCapacity : min(uncapped.bytesPerSecond, pathCapacity)
    return (rate - writes, isCapped ? max(rate, most) : rate)
  }

  /// The same migration under other circumstances, for the band around a forecast.
  func varied(dirty: Double, touched: Double, cap: DataRate, uncapped: DataRate) -> Self {
    var options = options
    options.recordsRounds = false
    return Self(
      mode: mode, cap: cap, prescribed: prescribed,
      curve: curve.scaled(by: dirty).withTouched(factor: touched), guestState: guestState, memory: memory,
      zeroPages: zeroPages + curve.touched * (1 - min(touched, 1)), uncapped: uncapped, diskBytes: diskBytes,
      diskWritesPerSecond: diskWritesPerSecond, diskRate: diskRate,
      beforeSeconds: beforeSeconds, afterSeconds: afterSeconds, options: options, spread: spread)
  }

  /// The same migration with other pre-copy options.
  func with(_ change: (inout PreCopyOptions) -> Void, dirty: Double = 1) -> Self {
    var options = options
    change(&options)
    return Self(
      mode: mode, cap: cap, prescribed: prescribed, curve: curve.scaled(by: dirty), guestState: guestState,
      memory: memory, zeroPages: zeroPages, uncapped: uncapped, diskBytes: diskBytes,
      diskWritesPerSecond: diskWritesPerSecond, diskRate: diskRate, beforeSeconds: beforeSeconds,
      afterSeconds: afterSeconds, options: options, spread: spread)
  }

  /// The same migration without caps of policy, guest or stream: what the network alone would have to carry.
  func withoutCap() -> Self {
    Self(
      mode: mode, cap: .unlimited, prescribed: prescribed, curve: curve, guestState: guestState,
      memory: memory,
      zeroPages: zeroPages, uncapped: .unlimited, diskBytes: diskBytes,
      diskWritesPerSecond: diskWritesPerSecond,
      diskRate: diskRate, beforeSeconds: beforeSeconds, afterSeconds: afterSeconds, options: options,
      spread: spread)
  }
}
