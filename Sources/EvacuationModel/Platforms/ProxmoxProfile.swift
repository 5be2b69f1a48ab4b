import Quantities

extension PlatformProfile {
  /// Proxmox VE, qemu-server 9.2 (PVE/QemuMigrate.pm).
  static let proxmox = Self(
    fixedTime: Sourced(
      FixedTime(before: .seconds(6), after: .seconds(3), block: .seconds(2)),
      "qm migrate task logs: 6 s before, 3 s after the transfer"),
    streamRate: Sourced(
      .mebibytesPerSecond(800), "unix socket through ssh with AES-NI, mean of a 12.6 GiB guest, 2025"),
    tunnelledShare: Sourced(.one, "the stream rate is already that of the ssh tunnel"),
    downtimeLimit: Sourced(
      .doubling(initial: .milliseconds(100)), "Proxmox migrate_downtime 0.1 s, doubled when stuck"),
    autoConverge: Sourced(AutoConverge(), "Proxmox always sets auto-converge"),
    xbzrle: Sourced(XBZRLE(), "Proxmox always sets xbzrle, cache 10 % of memory"),
    completionTimeout: Sourced(.never, "Proxmox has none"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(
      .atMost(1), "qm migrate is one at a time; migrateall --max-workers runs more"),
    perCluster: Sourced(.unlimited, "Proxmox has no such limit"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .milliseconds(100), handOver: .milliseconds(500),
        mirrors: .milliseconds(500)),
      "poll 0.1 s near the end, qm resume through ssh inside the pause (Proxmox bug 1458)"),
    reservesForStopped: Sourced(false, "Proxmox reserves nothing"))
}
