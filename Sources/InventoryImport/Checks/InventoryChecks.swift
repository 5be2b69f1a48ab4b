import EvacuationModel

/// What can be wrong with an inventory whose single values can all be read; a file per kind of check.
struct InventoryChecks {
  let inventory: Inventory
  let hostIndex: [Host.ID: Int]
  let guestIndex: [VirtualMachine.ID: Int]

  init(inventory: Inventory) {
    self.inventory = inventory
    hostIndex = Dictionary(
      inventory.hosts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    guestIndex = Dictionary(
      inventory.virtualMachines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Checks that need nothing but names.
  func namesAndReferences() -> [InventoryRemark] {
    duplicateNames() + unknownReferences() + contradictoryGroups()
  }

  /// Checks that compare values.
  func numbersAndPlacement() -> [InventoryRemark] {
    unreachableStorage() + hostsOverMemory() + guestsOnDownHosts() + crowdedGroups() + groupsWithoutPlaces()
      + groupsBrokenNow() + inconsistentSizes() + unknownWorkloads()
  }

  /// The host of the guest named `id`, if both are known.
  func host(of id: VirtualMachine.ID) -> Host? {
    guestIndex[id].flatMap { hostIndex[inventory.virtualMachines[$0].host] }.map { inventory.hosts[$0] }
  }
}
