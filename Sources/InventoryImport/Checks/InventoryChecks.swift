import EvacuationModel

/// What can be wrong with an inventory whose single values can all be read; a file per kind of check.
struct InventoryChecks {
  let inventory: Inventory
  let hostIndex: [Host.ID: Int]
  let guestIndex: [VirtualMachine.ID: Int]
  /// The host of each guest, in the guests' order; `nil` where it is unknown.
  let hostOfGuest: [Int?]

  init(inventory: Inventory) {
    self.inventory = inventory
    let hostIndex = Dictionary(
      inventory.hosts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.hostIndex = hostIndex
    hostOfGuest = inventory.virtualMachines.map { hostIndex[$0.host] }
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
    guestIndex[id].flatMap { hostOfGuest[$0] }.map { inventory.hosts[$0] }
  }
}
