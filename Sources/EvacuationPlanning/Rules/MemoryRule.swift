import EvacuationModel
import Quantities

/// The destination holds the guest's memory from the start of its migration. A stopped guest counts as well: it
/// may be started at any time, and platforms keep its reservation.
enum MemoryRule {
  static func refusal(_ vm: Int, on host: Int, in state: PlacementState) -> PlacementRefusal? {
    let needed = state.cluster.vm(vm).memory
    let free = state.freeMemory[host]
    return needed <= free ? nil : .memory(short: needed - free, free: max(free, .zero))
  }
}
