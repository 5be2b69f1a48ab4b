import Quantities

extension PlatformProfile {
  /// Bare libvirt, driven by `virsh migrate`.
  static let libvirt = Self(
    fixedTime: Sourced(
      FixedTime(before: .milliseconds(500), after: .milliseconds(500), block: .milliseconds(500)),
      "virsh migrate between two idle libvirtd 9.0, about 1 s in all"),
    streamRate: modernStream,
    tunnelledShare: libvirtTunnel,
    downtimeLimit: Sourced(
      qemuDowntimeLimit.value,
      "libvirt leaves QEMU's downtime-limit unless virsh migrate-setmaxdowntime sets it"),
    autoConverge: Sourced(nil, "virsh migrate without --auto-converge"),
    xbzrle: Sourced(nil, "virsh migrate without --compressed"),
    completionTimeout: Sourced(.never, "virsh migrate without --timeout"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(.unlimited, "libvirt has no such limit; 64 migration ports per destination"),
    perCluster: Sourced(.unlimited, "libvirt has no such limit"),
    switchOver: qemuSwitchOver,
    reservesForStopped: Sourced(false, "libvirt reserves nothing"))
}
