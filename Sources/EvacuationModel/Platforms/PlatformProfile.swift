public import Quantities

/// A default together with where it comes from: system, version and option name, or a measurement.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public let value: Value
  /// Where it comes from.
  public let source: String

  /// `value`, as told by `source`.
  public init(_ value: Value, _ source: String) {
    self.value = value
    self.source = source
  }
}

/// How a platform counts the data on which its timeouts depend.
public enum DataSizeRule: Hashable, Sendable {
  /// Nova (nova/virt/libvirt/driver.py, `_live_migration_data_gb`): GiB of memory, at least 2, and of each
  /// copied disk its apparent size, at least 2.
  case nova
  /// KubeVirt (live-migration-source.go): memory and migrated disks in units of 10⁹ bytes, rounded up.
  case kubevirt
  /// GiB of memory and copied disks.
  case plain
}

/// What lies inside the guest's pause besides the last round.
public struct SwitchOverTimes: Hashable, Sendable {
  /// Saving and loading device state, starting the virtual CPUs.
  public var device: Duration
  /// The platform notices the end by polling: the mean delay that this puts into the pause.
  public var poll: Duration
  /// Handing over: what the platform does between the hosts before it resumes the guest.
  public var handOver: Duration
  /// Closing the ssh tunnel, where the stream goes through one.
  public var tunnel = Duration.zero
  /// Resuming the guest by a command of its own.
  public var resume = Duration.zero
  /// Ending disk mirrors, when there are any.
  public var mirrors: Duration

  /// Only what applies to one migration.
  public func applying(mirrors hasMirrors: Bool, sshTunnel: Bool) -> Self {
    var times = self
    if !hasMirrors { times.mirrors = .zero }
    if !sshTunnel { times.tunnel = .zero }
    return times
  }

  /// All together.
  public var total: Duration { device + poll + handOver + tunnel + resume + mirrors }
}

/// What counts as progress for a progress timeout.
public enum ProgressRule: Hashable, Sendable {
  /// Nova up to Rocky: less remains than at any poll before (bug 1644248: soon out of reach).
  case lowWatermark
  /// KubeVirt: less remains than at the poll before; anything that is sent is progress.
  case previousPoll
}

/// How large a platform makes XBZRLE's page cache.
public enum PageCacheRule: Hashable, Sendable {
  /// The same for every guest.
  case fixed(ByteCount)
  /// The next power of two of a tenth of the guest's memory (PVE/QemuMigrate.pm, `round_powerof2`).
  case tenthOfMemory

  /// The cache of a guest with `memory`.
  public func size(memory: ByteCount) -> ByteCount {
    switch self {
    case .fixed(let size): return size
    case .tenthOfMemory:
      let tenth = memory.bytes / 10
      guard tenth > 1 else { return ByteCount(bytes: 1) }
      let bits = Int64.bitWidth - (tenth - 1).leadingZeroBitCount
      return ByteCount(bytes: 1 << min(bits, 62))
    }
  }
}

/// A platform's own defaults and habits. One file per platform holds them, with their sources.
public struct PlatformProfile: Hashable, Sendable {
  /// Orchestration around a transfer.
  public internal(set) var fixedTime: Sourced<FixedTime>
  /// Whether the stream goes through an ssh tunnel.
  public internal(set) var sshTunnel = Sourced(false, "straight from host to host")
  /// Cap on each migration.
  public internal(set) var bandwidthLimit = Sourced(DataRate.unlimited, "no cap")
  /// What one stream carries, not through a tunnel.
  public internal(set) var streamRate: Sourced<DataRate>
  /// What is left of it in a tunnel.
  public internal(set) var tunnelledShare: Sourced<Ratio>
  /// The permitted pause.
  public internal(set) var downtimeLimit: Sourced<DowntimeLimit>
  /// Auto-converge.
  public internal(set) var autoConverge: Sourced<AutoConverge?>
  /// XBZRLE.
  public internal(set) var xbzrle: Sourced<XBZRLE?>
  /// How large its XBZRLE cache is: QEMU's xbzrle-cache-size unless it sets one.
  public internal(set) var pageCache = PageCacheRule.fixed(.mebibytes(64))
  /// Whether auto-converge works where post-copy is permitted as well.
  public internal(set) var throttlesWithPostCopy = true
  /// Who switches to post-copy.
  public internal(set) var postCopySwitch = Sourced(
    PostCopySwitch.operator, "the operator, or the platform at its timeout")
  /// When it gives up.
  public internal(set) var completionTimeout: Sourced<CompletionTimeout>
  /// What it does then.
  public internal(set) var timeoutAction = Sourced(TimeoutAction.abort, "the guest goes on at the source")
  /// How much of `completionTimeout` there is again for a guest that was paused by it; `nil`: no bound.
  public internal(set) var pauseAllowance: Ratio?
  /// The longest time without progress; `nil`: any.
  public internal(set) var progressTimeout = Sourced(Duration?.none, "it has no progress timeout")
  /// What progress is where there is such a timeout.
  public internal(set) var progressRule = ProgressRule.previousPoll
  /// How it counts data for that.
  public internal(set) var dataSize: DataSizeRule
  /// Live migrations at once per source host.
  public internal(set) var liveOutboundPerHost: Sourced<Limit>
  /// Migrations at once in the cluster.
  public internal(set) var perCluster: Sourced<Limit>
  /// What a request for several migrations waits for; `nil` where nobody has measured it.
  public internal(set) var requestQueue: Sourced<RequestQueueTimes>?
  /// The pause besides the last round.
  public internal(set) var switchOver: Sourced<SwitchOverTimes>
  /// Whether a stopped guest keeps its memory and CPUs reserved on its host.
  public internal(set) var reservesForStopped: Sourced<Bool>

  /// The profile of `platform` in `release`, or as it is today. A release of another platform is none of its own.
  public static func of(_ platform: Platform, release: PlatformRelease? = nil) -> Self {
    let release = release?.platform == platform ? release : nil
    return switch platform {
    case .nova: .nova(release)
    case .libvirt: .libvirt
    case .proxmox: .proxmox
    case .kubevirt: .kubevirt(release)
    case .vsphere: .vsphere
    case .ganeti: .ganeti
    case .generic: .generic(release)
    }
  }

  /// What one stream carries, through ssh or not.
  public func stream(sshTunnel: Bool) -> Sourced<DataRate> { sshTunnel ? Self.sshStream : streamRate }

  /// What one stream carries over the transport that `network` selects.
  public func stream(over network: NetworkPolicy) -> Sourced<DataRate> {
    let stream = stream(sshTunnel: network.sshTunnel)
    guard network.tunnelled else { return stream }
    return Sourced(
      stream.value * tunnelledShare.value,
      "\(stream.source); times \(tunnelledShare.value): \(tunnelledShare.source)")
  }
}

extension PlatformProfile {
  /// QEMU's own default: `downtime-limit` 300 ms (migration/options.c, 7.2 to 10.0).
  static let qemuDowntimeLimit = Sourced(DowntimeLimit.fixed(.milliseconds(300)), "QEMU downtime-limit")

  /// One migration thread on a current CPU: 0.79 GiB/s seen through ssh in 2025, 0.46 GB/s direct on a 2015
  /// CPU; `evac` assumes 1 GB/s until told otherwise.
  static let modernStream = Sourced(
    DataRate.megabytesPerSecond(1000), "one QEMU migration thread on a current CPU; measure yours")

  /// The same through ssh with AES-NI: 0.43 to 1.1 GiB/s, mean 0.79 GiB/s, over the 16 s of a 12.6 GiB guest in
  /// 2025. A CPU of 2016 did 66 MB/s where TCP did 373.
  static let sshStream = Sourced(
    DataRate.mebibytesPerSecond(800),
    "unix socket through ssh with AES-NI, mean of a 12.6 GiB guest, 2025")

  /// 12 VMs on one cloud, tunnelled 199.7 against direct 459 MB/s (OSIC benchmark, 2017).
  static let libvirtTunnel = Sourced(Ratio(0.435), "libvirt tunnel against direct, OSIC benchmark 2017")

  /// Device state of a guest of ordinary size, as QEMU reports it (10 to 30 ms), and the network announcement.
  static let qemuSwitchOver = Sourced(
    SwitchOverTimes(device: .milliseconds(30), poll: .zero, handOver: .zero, mirrors: .milliseconds(70)),
    "QEMU device state; ending mirrors 40 to 95 ms measured with QEMU 7.2")
}

extension VirtualMachine {
  /// Whether this guest takes up memory and CPUs of its host on `platform`.
  public func holdsRoom(on platform: Platform) -> Bool {
    state != .stopped || PlatformProfile.of(platform).reservesForStopped.value
  }
}
