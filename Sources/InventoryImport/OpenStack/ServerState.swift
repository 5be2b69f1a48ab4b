import EvacuationModel

/// What a server's status means for moving it.
enum ServerState: Hashable {
  /// It occupies its host, and Nova migrates it.
  case settled(PowerState)
  /// It occupies its host, but Nova refuses to migrate it until something else was done.
  case unsettled(PowerState, remedy: String)
  /// It runs nowhere, or nothing useful can be said about it.
  case skipped(reason: String)

  /// The state of a server with `status` (nova/api/openstack/common.py, `_STATE_MAP`) and `powerState`
  /// (nova/compute/power_state.py), each as the API or the client writes it.
  init(status: String?, powerState: String?) {
    let power = Self.power(powerState)
    switch status {
    case "ACTIVE", "MIGRATING": self = .settled(power ?? .running)
    case "PAUSED": self = .settled(.paused)
    case "SHUTOFF": self = .settled(.stopped)
    case "SUSPENDED":
      self = .unsettled(.stopped, remedy: "openstack server resume before the drain")
    case "SHELVED": self = .unsettled(.stopped, remedy: "openstack server unshelve before the drain")
    case "RESCUE": self = .unsettled(power ?? .running, remedy: "openstack server unrescue before the drain")
    case "VERIFY_RESIZE":
      self = .unsettled(power ?? .running, remedy: "confirm or revert the resize before the drain")
    case "REBOOT", "HARD_REBOOT", "PASSWORD", "REBUILD", "RESIZE", "REVERT_RESIZE", "UNKNOWN":
      self = .unsettled(power ?? .running, remedy: "wait until it is ACTIVE or SHUTOFF, then import again")
    case "ERROR", "BUILD", "DELETED", "SOFT_DELETED", "SHELVED_OFFLOADED":
      self = .skipped(reason: "its status is \(status ?? "")")
    default: self = .skipped(reason: "its status \(status.map { "\"\($0)\" is not known" } ?? "is missing")")
    }
  }

  private static func power(_ text: String?) -> PowerState? {
    switch text?.lowercased() {
    case "1", "running": .running
    case "3", "paused": .paused
    case "4", "6", "7", "shutdown", "crashed", "suspended": .stopped
    default: nil
    }
  }
}
