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
        read: hostsOut),
      returnHome: section.flag("return_home", Sourced(defaults.returnHome, "guests stay where they are")))
  }

  private static func hostsOut(_ value: SourceValue) -> HostsOut? {
    guard value.kind == .string, value.text.hasSuffix("%") else {
      return value.limit().map { limit in
        switch limit {
        case .atMost(let most): .atMost(most)
        case .unlimited: .unlimited
        }
      }
    }
    return value.positiveShare().map { .share($0) }
  }
}
