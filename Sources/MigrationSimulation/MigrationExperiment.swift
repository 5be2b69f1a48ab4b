public import EvacuationModel
public import Quantities

/// What there is to mirror in an experiment.
public struct MirroredDisk: Hashable, Sendable {
  /// What has to be copied once: allocated bytes where the path is the limit, all of them where the job's own speed is.
  public var size: ByteCount
  /// What the guest writes, in whole clusters of 64 KiB.
  public var writeRate: DataRate
  /// What the mirror attains.
  public var rate: DataRate
  /// Whether the guest's writes wait for the mirror.
  public var isWriteBlocking: Bool

  /// A disk.
  public init(size: ByteCount, writeRate: DataRate, rate: DataRate, isWriteBlocking: Bool) {
    self.size = size
    self.writeRate = writeRate
    self.rate = rate
    self.isWriteBlocking = isWriteBlocking
  }
}

/// A live migration of which everything is stated outright instead of coming from an inventory and a policy: a
/// measured case to hold the model against.
public struct MigrationExperiment: Sendable {
  /// Guest memory.
  public var memory: ByteCount
  /// How its memory is dirtied; the rest of the touched memory is in it as well.
  public var curve: DirtyCurve
  /// How the writes are spread.
  public var writing = WritePattern()
  /// max-bandwidth.
  public var bandwidthLimit: DataRate
  /// What the wire carries.
  public var wireRate: DataRate
  /// downtime-limit.
  public var downtimeLimit: DowntimeLimit
  /// After which the case was given up.
  public var timeout: Duration?
  /// Auto-converge, and what the guest makes of it.
  public var autoConverge: AutoConverge?
  /// What slowing its CPUs does to the guest.
  public var throttleResponse = ThrottleResponse.followsCPU
  /// multifd's channels; 1 is the classic stream.
  public var channels = 1
  /// XBZRLE's cache, and what a difference takes of a page.
  public var xbzrle: (cache: ByteCount, encodedShare: Double)?
  /// Switching to post-copy after so many passes, at most at this rate.
  public var postCopy: (passes: Int, rate: DataRate)?
  /// Switching to post-copy after so much time of memory transfer instead.
  public var postCopyAfter: Duration?
  /// QEMU 9.2 and later sync every five seconds while auto-converge is on.
  public var syncsEveryFiveSeconds = false
  /// In how many pieces the dirty log is cleared in the first pass.
  public var dirtyLogChunks = 1
  /// The pause besides the last round.
  public var switchOver: Duration
  /// Orchestration around the transfer.
  public var fixedTime = FixedTime(before: .zero, after: .zero)

  /// How far what is stated may be off.
  public var spread = ForecastSpread(
    bandwidthSigma: 0.02, dirtySigma: 0.05, leastTouched: 1, fixedSeconds: 0.1)

  /// Local disks that are mirrored first; `nil` if none travel.
  public var disk: MirroredDisk?

  /// An experiment.
  public init(
    memory: ByteCount, curve: DirtyCurve, bandwidthLimit: DataRate = .unlimited, wireRate: DataRate,
    downtimeLimit: DowntimeLimit, switchOver: Duration = .milliseconds(5)
  ) {
    self.memory = memory
    self.curve = curve
    self.bandwidthLimit = bandwidthLimit
    self.wireRate = wireRate
    self.downtimeLimit = downtimeLimit
    self.switchOver = switchOver
  }

  /// Seconds until its disks are mirrored; infinite if they never are.
  public var mirrorSeconds: Double {
    BlockCopy(demand).secondsLeft(rate: wireRate.bytesPerSecond)
  }

  /// What it asks for.
  public var demand: MigrationDemand {
    let size = CompletionDeadline.dataSize(.nova, memory: memory, copiedDisks: [])
    var options = PreCopyOptions(schedule: DowntimeSchedule(downtimeLimit, dataGibibytes: size))
    options.autoConverge = autoConverge
    options.throttleResponse = throttleResponse
    options.writing = writing
    options.deadline = timeout?.seconds ?? .infinity
    options.switchOverSeconds = switchOver.seconds
    options.dirtyLogChunks = dirtyLogChunks
    options.postCopyAfterPasses = postCopy?.passes
    options.postCopyAt = postCopyAfter?.seconds
    options.syncsEveryFiveSeconds = syncsEveryFiveSeconds
    options.postCopyBytesPerSecond = postCopy?.rate.bytesPerSecond ?? .infinity
    options.pageCache = xbzrle.map { PageCache(size: Double($0.cache.bytes), encodedShare: $0.encodedShare) }
    if channels > 1 { options.socketBufferBytes = PreCopyConstants.multifdSocketBufferBytes }
    return MigrationDemand(
      mode: disk == nil ? .live : .block, cap: channels > 1 ? Multifd.limit(bandwidthLimit) : bandwidthLimit,
      prescribed: nil,
      curve: curve,
      guestState: .running, memory: memory, zeroPages: Double(memory.bytes) - curve.touched,
      uncapped: .unlimited,
      diskBytes: disk.map { Double($0.size.bytes) } ?? 0,
      diskWritesPerSecond: disk?.writeRate.bytesPerSecond ?? 0,
      diskRate: disk?.rate.bytesPerSecond ?? .infinity, diskCap: .unlimited,
      isWriteBlocking: disk?.isWriteBlocking ?? false, beforeSeconds: fixedTime.before.seconds,
      afterSeconds: fixedTime.after.seconds, options: options,
      spread: spread)
  }
}
