import EvacuationModel
import Quantities

extension PolicyReader {
  static func maintenance(
    _ section: PolicySection, _ defaults: MaintenancePolicy
  ) -> MaintenancePolicy {
    MaintenancePolicy(
      durationPerHost: section.setting(
        "duration_per_host", Sourced(defaults.durationPerHost, "a reboot of a server with its checks"),
        text: \.text
      ) { $0.quantity() },
      maxHostsOut: section.setting(
        "max_hosts_out", Sourced(defaults.maxHostsOut, "one at a time"), text: \.description,
        read: hostsOut))
  }

  private static func hostsOut(_ value: SourceValue) -> Limit? {
    guard value.kind == .string, value.text.hasSuffix("%") else { return value.limit() }
    guard value.positiveShare() != nil else { return nil }
    value.report(
      .notSupported, "a share of the hosts is read and not applied yet: 1 is assumed",
      help: "write the number of hosts")
    return .atMost(1)
  }
}
