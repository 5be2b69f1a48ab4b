import Quantities

extension PlatformProfile {
  /// OpenStack Nova with the libvirt driver in `release`, or as it is today; option names are those of nova.conf.
  static func nova(_ release: PlatformRelease?) -> Self {
    var profile = novaToday
    guard let release, let nova = NovaRelease(rawValue: release.major) else { return profile }
    if nova <= .newton {
      profile.downtimeLimit = Sourced(
        .exponentialLadder(final: .milliseconds(500), steps: 10, delayPerGibibyte: .seconds(75)),
        "Nova [libvirt] live_migration_downtime, _steps, _delay; exponential up to Newton")
      profile.progressTimeout = Sourced(
        .seconds(150), "Nova [libvirt] live_migration_progress_timeout, Liberty to Newton")
    } else if nova <= .rocky {
      profile.progressTimeout = Sourced(
        nil, "Nova [libvirt] live_migration_progress_timeout, 0 since Ocata (679d78ab2b)")
    }
    if nova <= .rocky {
      profile.timeoutAction = Sourced(.abort, "Nova before Stein knows nothing else")
    }
    if (.newton ... .rocky).contains(nova) {
      profile.postCopySwitch = Sourced(
        .slowProgress, "Nova Newton to Rocky, should_switch_to_postcopy (removed in fa90a277b9)")
    }
    return profile
  }

  /// Of the 6.9 s about 5 lie before and after the transfer (API, conductor, pre_live_migration, then
  /// post_live_migration: network and volumes), 1 is the mean delay of a client that polls every 2 s; how much of it
  /// lies before the first byte is an estimate: Platform9's log has 5.1 s of pre_live_migration.
  private static let novaToday = Self(
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
    throttlesWithPostCopy: false,
    completionTimeout: Sourced(
      .perGibibyte(.seconds(800)), "Nova [libvirt] live_migration_completion_timeout"),
    timeoutAction: Sourced(.abort, "Nova [libvirt] live_migration_timeout_action"),
    progressTimeout: Sourced(nil, "Nova has none since Stein (4c3698c0b6)"),
    progressRule: .lowWatermark,
    dataSize: .nova,
    liveOutboundPerHost: Sourced(.atMost(1), "Nova [DEFAULT] max_concurrent_live_migrations"),
    perCluster: Sourced(.unlimited, "Nova has no such limit"),
    requestQueue: Sourced(
      RequestQueueTimes(
        alone: .seconds(2), together: .milliseconds(4500), perHost: .milliseconds(7500)),
      "OSIC benchmark 2017: 12 VMs in batches of 1, 2, 3, 4 with max_concurrent_live_migrations 1"),
    switchOver: Sourced(
      SwitchOverTimes(
        device: .milliseconds(30), poll: .zero, handOver: .milliseconds(20), mirrors: .milliseconds(150)),
      "OSIC benchmark 2017: 0.08 to 0.14 s per migration in all, 0.14 to 0.44 s with disks"),
    reservesForStopped: Sourced(true, "Nova keeps the allocation of a SHUTOFF instance in placement"))
}
