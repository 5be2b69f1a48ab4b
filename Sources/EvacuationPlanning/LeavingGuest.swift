import EvacuationModel
import Quantities

/// What is asked about a virtual machine that has to leave, for every host anew.
struct LeavingGuest: Sendable {
  let settings: MigrationSettings
  /// The only hosts it may go to, by number; `nil`: any.
  let permittedHosts: Set<Int>?
  /// The pools of its disks, each once, in the order of the disks.
  let pools: [Datastore.ID]
  /// What its disks need on each local pool, in the same order.
  let localSpace: [(pool: Datastore.ID, size: ByteCount)]

  init(
    _ vm: VirtualMachine, policy: Policy, hostNumber: [Host.ID: Int], datastores: [Datastore.ID: Datastore]
  ) {
    settings = policy.settings(for: vm)
    permittedHosts = settings.destinations.map { Set($0.compactMap { hostNumber[$0] }) }
    var seen: Set<Datastore.ID> = []
    pools = vm.disks.map(\.datastore).filter { seen.insert($0).inserted }
    localSpace = pools.filter { datastores[$0]?.kind == .local }.map { pool in
      (pool, vm.disks.filter { $0.datastore == pool }.map(\.size).sum())
    }
  }
}

/// Those who leave, by the number of the virtual machine.
struct LeavingGuests: Sendable {
  private static let stays = -1
  /// Index into the guests.
  private let places: [Int]
  private let guests: [LeavingGuest]

  init(
    _ leaving: [Int], of inventory: Inventory, policy: Policy, hostNumber: [Host.ID: Int],
    datastores: [Datastore.ID: Datastore]
  ) {
    var places = [Int](repeating: Self.stays, count: inventory.virtualMachines.count)
    for (place, vm) in leaving.enumerated() { places[vm] = place }
    self.places = places
    guests = leaving.map { vm in
      LeavingGuest(
        inventory.virtualMachines[vm], policy: policy, hostNumber: hostNumber, datastores: datastores)
    }
  }

  subscript(vm: Int) -> LeavingGuest? { places[vm] == Self.stays ? nil : guests[places[vm]] }

  /// What the disks of `vm` need on each local pool; nothing if it stays.
  func localSpace(of vm: Int) -> [(pool: Datastore.ID, size: ByteCount)] {
    places[vm] == Self.stays ? [] : guests[places[vm]].localSpace
  }
}
