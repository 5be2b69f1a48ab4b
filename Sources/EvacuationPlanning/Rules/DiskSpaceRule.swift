import EvacuationModel
import Quantities

/// Local disks need their apparent size on the destination's piece of the pool; what the inventory does not say
/// is not refused.
enum DiskSpaceRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    for (pool, needed) in state.cluster.guests.localSpace(of: vm) {
      guard let free = state.freeSpace[host][pool], needed > free else { continue }
      return .diskSpace(pool, short: needed - free)
    }
    return nil
  }
}
