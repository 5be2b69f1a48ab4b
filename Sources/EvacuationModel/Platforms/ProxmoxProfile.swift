import Quantities

extension PlatformProfile {
  /// Proxmox VE, qemu-server 9.2 (PVE/QemuMigrate.pm); nothing that a forecast needs has changed since 5.
  ///
  /// The guest's pause goes on after QEMU's own (bug 1458): Proxmox sees the end at its next poll (0.1 s apart near
  /// the end, 1 s before), ends the mirrors and the NBD server (a command through ssh of its own), moves the
  /// configuration, and only then resumes the guest. Nobody has published how long each takes: poll and order are
  /// from the source, the other times are assumed from the commands.
  static let proxmox = Self(
    fixedTime: Sourced(
      FixedTime(before: .seconds(6), after: .seconds(3), block: .seconds(2)),
      "qm migrate task logs: 6 s before, 3 s after the transfer"),
    sshTunnel: Sourced(true, "Proxmox migration type secure, its default"),
    streamRate: modernStream,
    tunnelledShare: Sourced(.one, "the stream rate is already that of the ssh tunnel"),
    downtimeLimit: Sourced(
      .doubling(initial: .milliseconds(100)), "Proxmox migrate_downtime 0.1 s, doubled when stuck"),
    autoConverge: Sourced(AutoConverge(), "Proxmox always sets auto-converge"),
    xbzrle: Sourced(XBZRLE(), "Proxmox always sets xbzrle, cache 10 % of memory"),
    pageCache: .tenthOfMemory,
    completionTimeout: Sourced(.never, "Proxmox has none"),
    dataSize: .plain,
    liveOutboundPerHost: Sourced(
      .atMost(1), "qm migrate is one at a time; migrateall --max-workers runs more"),
    perCluster: Sourced(.unlimited, "Proxmox has no such limit"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .milliseconds(100), handOver: .milliseconds(100),
        tunnel: .milliseconds(50), resume: .milliseconds(350), mirrors: .milliseconds(500)),
      "poll 0.1 s near the end; configuration, tunnel, nbdstop and resume inside the pause (Proxmox bug 1458), assumed"
    ),
    reservesForStopped: Sourced(false, "Proxmox reserves nothing"))
}
