import Quantities

/// Who goes home so that the cluster is in balance again: guests of hosts that are fuller than the cluster is on average, the
/// fullest host first and its largest guests first, until it is not, and each only to a home that is emptier even with it.
///
/// Memory is what counts: it is what a host runs out of first, and cannot share.
struct BalanceNeeds {
  private let sizes: [Host.ID: Double]
  private var used: [Host.ID: Double] = [:]
  private let memory: [VirtualMachine.ID: Double]
  private let places: [VirtualMachine.ID: Host.ID]

  /// The needs of `inventory` with its guests at `places`. Hosts that are down hold nobody.
  init(_ inventory: Inventory, places: [VirtualMachine.ID: Host.ID]) {
    let hosts = inventory.hosts.filter { $0.state != .down }
    sizes = Dictionary(
      hosts.map { ($0.id, max(1, Double(($0.memory - $0.reservedMemory).bytes))) }
    ) { first, _ in first }
    memory = Dictionary(inventory.virtualMachines.map { ($0.id, Double($0.memory.bytes)) }) { first, _ in
      first
    }
    self.places = places
    for vm in inventory.virtualMachines {
      if let host = places[vm.id] { used[host, default: 0] += Double(vm.memory.bytes) }
    }
  }

  /// Those of `moved`, in the order in which they left, who go back to their `homes`.
  mutating func guests(
    among moved: [VirtualMachine.ID], homes: [VirtualMachine.ID: Host.ID]
  ) -> Set<VirtualMachine.ID> {
    let mean =
      used.filter { sizes[$0.key] != nil }.values.sorted().reduce(0, +)
      / max(1, sizes.values.sorted().reduce(0, +))
    let guests = Dictionary(grouping: moved) { places[$0] }
    let full = sizes.keys.filter { share(of: $0) > mean }.sorted { one, other in
      (-share(of: one), one) < (-share(of: other), other)
    }
    var going: Set<VirtualMachine.ID> = []
    for host in full {
      let order = (guests[host] ?? []).enumerated().sorted { one, other in
        (-(memory[one.element] ?? 0), one.offset) < (-(memory[other.element] ?? 0), other.offset)
      }
      for vm in order.map(\.element) where share(of: host) > mean * (1 + 1e-9) {
        let size = memory[vm] ?? 0
        guard let home = homes[vm], home != host, sizes[home] != nil,
          share(of: home, with: size) < share(of: host)
        else { continue }
        used[host, default: 0] -= size
        used[home, default: 0] += size
        going.insert(vm)
      }
    }
    return going
  }

  private func share(of host: Host.ID, with more: Double = 0) -> Double {
    ((used[host] ?? 0) + more) / (sizes[host] ?? 1)
  }
}
