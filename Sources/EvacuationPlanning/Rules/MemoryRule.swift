import EvacuationModel
import Quantities

/// The destination holds the guest's memory from the start of its migration. Whether a stopped
/// guest holds any is the platform's habit.
enum MemoryRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    let needed = state.cluster.memory(vm)
    let free = state.freeMemory[host]
    // A host that is over its memory already still takes what needs none.
    guard needed > .zero, needed > free else { return nil }
    return .memory(short: needed - free, free: max(free, .zero))
  }
}
