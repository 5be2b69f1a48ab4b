import EvacuationModel
import Quantities

extension PolicyReader {
  static func network(
    _ section: PolicySection, _ profile: PlatformProfile, _ defaults: NetworkPolicy
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
    network.streamRate = section.setting(
      "stream_rate", profile.stream(over: network), text: \.description
    ) { $0.rateOrUnlimited() }
    network.fixedTime = section.setting("fixed_time", profile.fixedTime, text: text) {
      $0.mapping { fixedTime($0, profile.fixedTime.value) }
    }
    return network
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
