import EvacuationModel
import Quantities

extension InventoryChecks {
  /// Guests in memory that together need more than their host has.
  func hostsOverMemory() -> [InventoryRemark] {
    var needed = Array(repeating: ByteCount.zero, count: inventory.hosts.count)
    var guests = Array(repeating: 0, count: inventory.hosts.count)
    for (index, vm) in inventory.virtualMachines.enumerated() where vm.state != .stopped {
      guard let host = hostOfGuest[index] else { continue }
      needed[host] += vm.memory
      guests[host] += 1
    }
    return inventory.hosts.enumerated().compactMap { index, host in
      let free = max(host.memory - host.reservedMemory, .zero)
      if host.reservedMemory > host.memory {
        return InventoryRemark(
          .inconsistent, .element(.hosts, index, .key("reserved_memory")),
          "\(host.reservedMemory) are kept for the host itself, which has only \(host.memory)",
          help: "correct `memory` or `reserved_memory`")
      }
      guard needed[index] > free else { return nil }
      return InventoryRemark(
        .hostOverMemory, .element(.hosts, index, .key("memory")),
        "\(host.id) has \(free) for guests, its \(counted(guests[index], "guest")) in memory "
          + "need\(guests[index] == 1 ? "s" : "") \(needed[index])",
        help: "fine with memory overcommit (`capacity.memory_overcommit`); else check both figures")
    }
  }
}
