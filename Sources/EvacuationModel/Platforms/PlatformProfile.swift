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
  /// Handing over: commands between the hosts before the guest is resumed.
  public var handOver: Duration
  /// Ending disk mirrors, when there are any.
  public var mirrors: Duration

  /// All that applies.
  public func total(withMirrors: Bool) -> Duration {
    device + poll + handOver + (withMirrors ? mirrors : .zero)
  }
}

/// A platform's own defaults and habits. One file per platform holds them, with their sources.
public struct PlatformProfile: Hashable, Sendable {
  /// Orchestration around a transfer.
  public let fixedTime: Sourced<FixedTime>
  /// What one stream carries.
  public let streamRate: Sourced<DataRate>
  /// What is left of it in a tunnel.
  public let tunnelledShare: Sourced<Ratio>
  /// The permitted pause.
  public let downtimeLimit: Sourced<DowntimeLimit>
  /// Auto-converge.
  public let autoConverge: Sourced<AutoConverge?>
  /// XBZRLE.
  public let xbzrle: Sourced<XBZRLE?>
  /// When it gives up.
  public let completionTimeout: Sourced<CompletionTimeout>
  /// How it counts data for that.
  public let dataSize: DataSizeRule
  /// Live migrations at once per source host.
  public let liveOutboundPerHost: Sourced<Limit>
  /// Migrations at once in the cluster.
  public let perCluster: Sourced<Limit>
  /// The pause besides the last round.
  public let switchOver: Sourced<SwitchOverTimes>
  /// Whether a stopped guest keeps its memory and CPUs reserved on its host.
  public let reservesForStopped: Sourced<Bool>

  /// The profile of `platform`.
  public static func of(_ platform: Platform) -> Self {
    switch platform {
    case .nova: .nova
    case .libvirt: .libvirt
    case .proxmox: .proxmox
    case .kubevirt: .kubevirt
    case .vsphere: .vsphere
    case .ganeti: .ganeti
    case .generic: .generic
    }
  }
}

extension PlatformProfile {
  /// QEMU's own default: `downtime-limit` 300 ms (migration/options.c, 7.2 to 10.0).
  static let qemuDowntimeLimit = Sourced(DowntimeLimit.fixed(.milliseconds(300)), "QEMU downtime-limit")

  /// One migration thread on a current CPU: 0.79 GiB/s seen through ssh in 2025, 0.46 GB/s direct on a 2015
  /// CPU; `evac` assumes 1 GB/s until told otherwise.
  static let modernStream = Sourced(
    DataRate.megabytesPerSecond(1000), "one QEMU migration thread on a current CPU; measure yours")

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
