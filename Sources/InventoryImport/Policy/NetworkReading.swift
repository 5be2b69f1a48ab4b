import EvacuationModel
import Quantities

extension PolicyReader {
  static func network(
    _ section: PolicySection, _ profile: PlatformProfile, _ defaults: NetworkPolicy,
    _ calibrated: CalibratedNetwork
  ) -> NetworkPolicy {
    var network = defaults
    network.usableShare = section.setting(
      "usable_share", Sourced(defaults.usableShare, "leaves room for the guests' own traffic"),
      text: \.description
    ) { $0.positiveShare() }
    network.bandwidthLimitPerMigration = section.setting(
      "bandwidth_limit_per_migration", profile.bandwidthLimit, text: \.description
    ) { $0.rateOrUnlimited() }
    network.tunnelled = section.flag("tunnelled", Sourced(defaults.tunnelled, "direct"))
    network.sshTunnel = section.flag("ssh_tunnel", profile.sshTunnel)
    network.multifdChannels = section.setting(
      "multifd_channels", Sourced(defaults.multifdChannels, "the classic single stream"), text: { "\($0)" }
    ) { $0.int(in: 1...255) }
    if let transport = calibrated.transport { network.transport = transport }
    rates(section, profile, calibrated, &network)
    return network
  }

  /// What depends on the transport, and may have been learned for it.
  private static func rates(
    _ section: PolicySection, _ profile: PlatformProfile, _ calibrated: CalibratedNetwork,
    _ network: inout NetworkPolicy
  ) {
    let live = calibrated.learned(.live, over: network)
    let block = calibrated.learned(.block, over: network)
    network.streamRate = section.setting(
      "stream_rate", profile.stream(over: network),
      learned: { _ in live.map { Sourced($0.rate, calibrated.origin($0)) } }, text: \.description
    ) { $0.rateOrUnlimited() }
    network.diskRate = section.setting(
      "disk_rate", Sourced(DataRate?.none, "mirrors of local disks take as much as the stream"),
      learned: { _ in block.map { Sourced($0.rate, calibrated.origin($0)) } },
      text: { $0?.description ?? "the stream's" }
    ) { $0.positive() }
    network.fixedTime = section.setting(
      "fixed_time", profile.fixedTime,
      learned: { calibrated.fixedTime($0, live: live, block: block) }, text: text
    ) {
      $0.mapping { fixedTime($0, profile.fixedTime.value) }
    }
    network.measuredSpread = calibrated.spread(live: live, block: block)
  }

  private static func fixedTime(_ fields: Fields, _ base: FixedTime) -> FixedTime {
    FixedTime(
      before: fields["before"]?.quantity() ?? base.before, after: fields["after"]?.quantity() ?? base.after,
      block: fields["block"]?.quantity() ?? base.block)
  }

  private static func text(_ time: FixedTime) -> String {
    "\(time.before.text) before, \(time.after.text) after, \(time.block.text) more for block"
  }
}
