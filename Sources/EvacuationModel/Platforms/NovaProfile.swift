import Quantities

extension PlatformProfile {
  /// OpenStack Nova with the libvirt driver, since Ocata; option names are those of nova.conf.
  static let nova = Self(
    fixedTime: Sourced(
      FixedTime(before: .milliseconds(4500), after: .milliseconds(2400), block: .seconds(2)),
      "OSIC benchmark 2017: 6.9 s in all, 2 s more for block"),
    streamRate: modernStream,
    tunnelledShare: libvirtTunnel,
    downtimeLimit: Sourced(
      .ladder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75)),
      "Nova [libvirt] live_migration_downtime, _steps, _delay"),
    autoConverge: Sourced(nil, "Nova [libvirt] live_migration_permit_auto_converge"),
    xbzrle: Sourced(nil, "Nova never enables it"),
    completionTimeout: Sourced(
      .perGibibyte(.seconds(800)), "Nova [libvirt] live_migration_completion_timeout"),
    dataSize: .nova,
    liveOutboundPerHost: Sourced(.atMost(1), "Nova [DEFAULT] max_concurrent_live_migrations"),
    perCluster: Sourced(.unlimited, "Nova has no such limit"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .zero, handOver: .milliseconds(20), mirrors: .milliseconds(150)),
      "OSIC benchmark 2017: 0.08 to 0.14 s per migration in all, 0.14 to 0.44 s with disks"),
    reservesForStopped: Sourced(true, "Nova keeps the allocation of a SHUTOFF instance in placement"))
}
