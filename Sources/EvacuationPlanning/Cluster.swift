import EvacuationModel
import Quantities

/// An inventory under a policy, with numbers for names: everything that searches works on these.
struct Cluster: Sendable {
  let inventory: Inventory
  let policy: Policy
  /// The hosts to empty, by number.
  let drained: Set<Int>
  let hostNumber: [Host.ID: Int]
  /// The host on which each virtual machine is.
  let homes: [Int]
  /// The virtual machines on each host, in the inventory's order.
  let residents: [[Int]]
  let groups: GroupIndex
  private let holdsRoom: [Bool]
  let datastores: [Datastore.ID: Datastore]

  init(_ inventory: Inventory, policy: Policy, drain: [Host.ID]) {
    self.inventory = inventory
    self.policy = policy
    let numbers = Dictionary(
      inventory.hosts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    hostNumber = numbers
    drained = Set(drain.compactMap { numbers[$0] })
    homes = inventory.virtualMachines.map { numbers[$0.host] ?? -1 }
    var residents = [[Int]](repeating: [], count: inventory.hosts.count)
    for (vm, host) in homes.enumerated() where host >= 0 { residents[host].append(vm) }
    self.residents = residents
    holdsRoom = inventory.virtualMachines.map { $0.holdsRoom(on: inventory.platform) }
    groups = GroupIndex(inventory, homes: homes)
    datastores = Dictionary(inventory.datastores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The virtual machines that have to leave, host by host in the order of the request.
  func leaving(_ drain: [Host.ID]) -> [Int] {
    var seen: Set<Int> = []
    return drain.compactMap { hostNumber[$0] }.filter { seen.insert($0).inserted }.flatMap { residents[$0] }
  }

  /// Memory that `vm` takes up on its host.
  func memory(_ vm: Int) -> ByteCount { holdsRoom[vm] ? inventory.virtualMachines[vm].memory : .zero }

  /// Virtual CPUs that `vm` takes up on its host.
  func vcpus(_ vm: Int) -> Int { holdsRoom[vm] ? inventory.virtualMachines[vm].vcpus : 0 }

  func host(_ number: Int) -> Host { inventory.hosts[number] }

  func vm(_ number: Int) -> VirtualMachine { inventory.virtualMachines[number] }
}
