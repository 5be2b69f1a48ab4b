import Quantities

extension PlatformProfile {
  /// VMware vSphere 7 and 8: vMotion.
  static let vsphere = Self(
    fixedTime: Sourced(FixedTime(before: .seconds(5), after: .seconds(3)), "vMotion preparation; assumed"),
    streamRate: Sourced(
      .megabytesPerSecond(1000), "one vMotion stream carries about 8 to 10 Gbit/s"),
    tunnelledShare: Sourced(.one, "vMotion encrypts by itself"),
    downtimeLimit: Sourced(
      .fixed(.seconds(1)), "vMotion switch-over goal of 1 s; slows the guest to reach it"),
    autoConverge: Sourced(AutoConverge(), "Stun During Page Send, close to auto-converge"),
    xbzrle: Sourced(nil, "vMotion has no such thing"),
    completionTimeout: Sourced(.never, "none by default"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(.atMost(8), "vSphere: 8 concurrent vMotions per host at 10 Gbit/s"),
    perCluster: Sourced(.unlimited, "about 640 operations per vCenter"),
    switchOver: qemuSwitchOver,
    reservesForStopped: Sourced(false, "vSphere reserves nothing for powered-off guests"))

  /// Ganeti with the KVM hypervisor.
  static let ganeti = Self(
    fixedTime: Sourced(
      FixedTime(before: .seconds(3), after: .seconds(3)), "gnt-instance migrate jobs; assumed"),
    streamRate: Sourced(.mebibytesPerSecond(32), "Ganeti hypervisor parameter migration_bandwidth, 32 MiB/s"),
    tunnelledShare: Sourced(.one, "Ganeti does not tunnel"),
    downtimeLimit: Sourced(
      .fixed(.milliseconds(30)), "Ganeti hypervisor parameter migration_downtime, 30 ms"),
    autoConverge: Sourced(nil, "Ganeti hypervisor parameter migration_caps, empty"),
    xbzrle: Sourced(nil, "Ganeti hypervisor parameter migration_caps, empty"),
    completionTimeout: Sourced(.never, "Ganeti has none"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(.atMost(1), "Ganeti locks the node of a migration"),
    perCluster: Sourced(.unlimited, "Ganeti has no such limit"),
    switchOver: qemuSwitchOver,
    reservesForStopped: Sourced(true, "Ganeti counts instances that are down in its N+1 check"))

  /// No platform's habits: the link is the bound and nothing is added around the transfer. With a release it is bare
  /// QEMU of that version, with QEMU's own max-bandwidth; every platform above it sets another one.
  static func generic(_ release: PlatformRelease?) -> Self {
    var profile = genericToday
    guard let release else { return profile }
    profile.bandwidthLimit =
      release.isAtLeast(5, 2)
      ? Sourced(.mebibytesPerSecond(128), "QEMU max-bandwidth since 5.2")
      : Sourced(.mebibytesPerSecond(32), "QEMU max-bandwidth before 5.2")
    return profile
  }

  private static let genericToday = Self(
    fixedTime: Sourced(FixedTime(before: .zero, after: .zero), "nothing assumed"),
    streamRate: Sourced(.unlimited, "nothing assumed: the link is the bound"),
    tunnelledShare: libvirtTunnel,
    downtimeLimit: qemuDowntimeLimit,
    autoConverge: Sourced(nil, "off"),
    xbzrle: Sourced(nil, "off"),
    completionTimeout: Sourced(.never, "none"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(.atMost(1), "one at a time"),
    perCluster: Sourced(.unlimited, "none"),
    switchOver: qemuSwitchOver,
    reservesForStopped: Sourced(true, "nothing assumed: it may be started at any time"))
}
