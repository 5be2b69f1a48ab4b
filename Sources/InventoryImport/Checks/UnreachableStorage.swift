import EvacuationModel

extension InventoryChecks {
  /// A disk in a pool that the guest's own host does not list: one of the two is wrong.
  func unreachableStorage() -> [InventoryRemark] {
    let reachable = inventory.hosts.map { $0.storage.map(\.datastore) }
    var remarks: [InventoryRemark] = []
    for (i, vm) in inventory.virtualMachines.enumerated() {
      guard let host = hostOfGuest[i] else { continue }
      for (j, disk) in vm.disks.enumerated() where !reachable[host].contains(disk.datastore) {
        remarks.append(
          InventoryRemark(
            .inconsistent, .element(.vms, i, .key("disks"), .index(j), .key("storage")),
            "\(vm.host), where \(vm.id) is, does not reach pool \(quoted(disk.datastore.name))",
            help: "add the pool to the host's `storage`, or correct the disk's"))
      }
    }
    return remarks
  }
}
