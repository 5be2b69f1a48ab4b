import EvacuationModel
import Quantities

/// An inventory under a policy, with numbers for names: everything that searches works on these.
struct Cluster: Sendable {
  let inventory: Inventory
  let policy: Policy
  /// The virtual machines that have to leave, host by host in the order of the request.
  let leaving: [Int]
  /// The only host that will do for some guests, by number.
  let goals: [Int: Int]
  /// The host on which each virtual machine is, -1 where the inventory has none of that name.
  let homes: [Int]
  /// The virtual machines on each host, in the inventory's order.
  let residents: [[Int]]
  let offers: [HostOffer]
  let places: PlaceIndex
  let groups: GroupIndex
  let datastores: [Datastore.ID: Datastore]
  /// The leaving ones, by number; all of them in a cluster whose others may be moved.
  private(set) var guests: LeavingGuests
  private let isDrained: [Bool]
  /// Whether a host that is to be emptied takes arrivals before and after: it is emptied in its turn and comes back.
  let drainedHostsReturn: Bool
  private let memories: [ByteCount]
  private let vcpuCounts: [Int]

  /// The guests in `staying` do not have to leave, though their hosts are drained. `homes` are the guests that have to leave for
  /// one host each, wherever they are.
  init(
    _ inventory: Inventory, policy: Policy, drain: [Host.ID], drainedHostsReturn: Bool = false,
    staying: Set<VirtualMachine.ID> = [], homes goals: [RestoreRequest.Home] = []
  ) {
    self.inventory = inventory
    self.policy = policy
    self.drainedHostsReturn = drainedHostsReturn
    let numbers = firstNumbers(inventory.hosts.map(\.id))
    homes = inventory.virtualMachines.map { numbers[$0.host] ?? -1 }
    var residents = [[Int]](repeating: [], count: inventory.hosts.count)
    for (vm, host) in homes.enumerated() where host >= 0 { residents[host].append(vm) }
    self.residents = residents
    var isDrained = [Bool](repeating: false, count: inventory.hosts.count)
    var leaving: [Int] = []
    for host in drain.compactMap({ numbers[$0] }) where !isDrained[host] {
      isDrained[host] = true
      leaving +=
        staying.isEmpty
        ? residents[host]
        : residents[host].filter { !staying.contains(inventory.virtualMachines[$0].id) }
    }
    self.isDrained = isDrained
    let destinations = Self.goals(goals, in: inventory, numbers)
    self.goals = destinations
    let hosts = homes
    leaving += destinations.keys.sorted().filter { destinations[$0] != hosts[$0] }
    self.leaving = leaving
    offers = inventory.hosts.map { HostOffer($0, capacity: policy.capacity) }
    memories = inventory.virtualMachines.map { $0.holdsRoom(on: inventory.platform) ? $0.memory : .zero }
    vcpuCounts = inventory.virtualMachines.map { $0.holdsRoom(on: inventory.platform) ? $0.vcpus : 0 }
    places = PlaceIndex(inventory.hosts)
    groups = GroupIndex(inventory, homes: homes, places: places)
    let stores = Dictionary(inventory.datastores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    datastores = stores
    guests = LeavingGuests(
      leaving, of: inventory, policy: policy, hostNumber: numbers, datastores: stores)
  }

  /// The same with what is asked about guests that stay, so that they may be moved.
  func askingAboutAll() -> Cluster {
    var all = self
    all.guests = LeavingGuests(
      homes.indices.filter { homes[$0] >= 0 }, of: inventory, policy: policy,
      hostNumber: firstNumbers(inventory.hosts.map(\.id)), datastores: datastores)
    return all
  }

  func isDrained(_ host: Int) -> Bool { isDrained[host] }

  /// Whether `vm` cannot stay on `host`.
  func hasToLeave(_ vm: Int, _ host: Int) -> Bool { goals[vm].map { $0 != host } ?? isDrained[host] }

  private static func goals(
    _ homes: [RestoreRequest.Home], in inventory: Inventory, _ hosts: [Host.ID: Int]
  ) -> [Int: Int] {
    guard !homes.isEmpty else { return [:] }
    let vms = firstNumbers(inventory.virtualMachines.map(\.id))
    return Dictionary(
      homes.compactMap { home in
        guard let vm = vms[home.vm], let host = hosts[home.host],
          hosts[inventory.virtualMachines[vm].host] != nil
        else { return nil }
        return (vm, host)
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Memory that `vm` takes up on its host.
  func memory(_ vm: Int) -> ByteCount { memories[vm] }

  /// Virtual CPUs that `vm` takes up on its host.
  func vcpus(_ vm: Int) -> Int { vcpuCounts[vm] }

  func host(_ number: Int) -> Host { inventory.hosts[number] }

  func vm(_ number: Int) -> VirtualMachine { inventory.virtualMachines[number] }

  /// What the policy says about `vm`.
  func settings(of vm: Int) -> MigrationSettings {
    guests[vm]?.settings ?? policy.settings(for: self.vm(vm))
  }
}

/// The first index of each name.
func firstNumbers<ID: Hashable>(_ names: [ID]) -> [ID: Int] {
  Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}
