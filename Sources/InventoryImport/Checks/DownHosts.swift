import EvacuationModel

extension InventoryChecks {
  /// A guest cannot run where nothing runs.
  func guestsOnDownHosts() -> [InventoryRemark] {
    inventory.virtualMachines.enumerated().compactMap { index, vm in
      guard vm.state != .stopped, let host = hostOfGuest[index], inventory.hosts[host].state == .down
      else { return nil }
      return InventoryRemark(
        .guestOnDownHost, .element(.vms, index, .key("host")),
        "\(vm.id) is \(vm.state.rawValue) on \(vm.host), which is down",
        help:
          "set the guest to `stopped` or the host to `up`; a dead host's guests are restarted, not migrated")
    }
  }
}
