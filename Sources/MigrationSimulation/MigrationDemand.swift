public import EvacuationModel
public import Quantities

/// All about one migration except the bandwidth it gets: what has to be moved, how, under which rules.
public struct MigrationDemand: Hashable, Sendable {
  /// How it moves.
  public let mode: MigrationMode
  /// The most it can use: stream rate × channels, and the caps of policy and guest.
  public internal(set) var cap: DataRate
  /// A known duration that replaces the forecast's at any bandwidth.
  public let prescribed: Duration?
  /// How fast its memory is dirtied.
  public internal(set) var curve: DirtyCurve

  let guestState: PowerState
  let memory: ByteCount
  var zeroPages: Double
  /// The most it can use once its own cap no longer holds: in the last round and in post-copy.
  var uncapped: DataRate
  let diskBytes: Double
  let diskWritesPerSecond: Double
  var diskRate: Double
  /// The most the copy of its disks can use.
  var diskCap: DataRate
  /// Whether the guest's writes wait for the mirror, instead of being copied in the background.
  var isWriteBlocking = false
  var beforeSeconds: Double
  let afterSeconds: Double
  var options: PreCopyOptions
  var spread: ForecastSpread

  /// What must cross the network at least once: allocated disks that travel and touched memory.
  public var firstCopy: ByteCount {
    ByteCount(rounding: diskBytes + (mode == .cold ? 0 : curve.touched))
  }

  /// The least of what its caps and its disks let it use, in bytes per second.
  public var mostBandwidth: Double { min(cap.bytesPerSecond, diskBytes > 0 ? diskRate : .infinity) }

  /// What a mirror goes on sending while memory is copied: each write of the guest to its disks.
  var mirrorWrites: Double { mode == .block ? diskWritesPerSecond : 0 }

  /// The most traffic it makes at any time. A cap holds for disks and for memory, each by itself (libvirt hands the
  /// same number to both), so that the mirror's writes come on top of it.
  public var ceiling: DataRate {
    max(cap + DataRate(bytesPerSecond: mirrorWrites), diskBytes > 0 ? diskCap : .zero)
  }

  /// Whether anything crosses the network at all.
  public var hasTraffic: Bool { mode != .cold || diskBytes > 0 }

  /// What memory gets of `rate`, and what its last round gets, in which max-bandwidth does not hold.
  ///
  /// The mirrors stay in step with the guest's writes until the switch; memory gets the rest.
  func memoryRates(
    of rate: Double, pathCapacity: Double, isUncapped: Bool = false
  ) -> (copying: Double, last: Double) {
    let left = max(0, rate - mirrorWrites)
    let isCapped = isUncapped || left >= cap.bytesPerSecond * (1 - 1e-9)
    let most = isUncapped ? pathCapacity : min(uncapped.bytesPerSecond, pathCapacity)
    return (isUncapped ? left : min(left, cap.bytesPerSecond), isCapped ? max(rate, most) : rate)
  }

  /// The same migration under other circumstances, for the band around a forecast.
  func varied(
    dirty: Double, touched: Double, cap: DataRate, uncapped: DataRate, diskFactor: Double
  ) -> Self {
    var copy = self
    copy.options.recordsRounds = false
    copy.curve = curve.scaled(by: dirty).withTouched(factor: touched)
    copy.zeroPages = zeroPages + curve.touched * (1 - min(touched, 1))
    copy.cap = cap
    copy.uncapped = uncapped
    copy.diskRate = diskRate * diskFactor
    return copy
  }

  /// The same migration with other pre-copy options.
  func with(_ change: (inout PreCopyOptions) -> Void, dirty: Double = 1) -> Self {
    var copy = self
    change(&copy.options)
    copy.curve = curve.scaled(by: dirty)
    return copy
  }

  /// The same migration without caps of policy, guest or stream: what the network alone would have to carry.
  func withoutCap() -> Self {
    var copy = self
    copy.cap = .unlimited
    copy.uncapped = .unlimited
    copy.diskCap = .unlimited
    return copy
  }
}
