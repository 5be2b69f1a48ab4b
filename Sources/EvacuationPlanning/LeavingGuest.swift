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
