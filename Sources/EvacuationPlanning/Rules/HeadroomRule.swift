import EvacuationModel
import Quantities

/// Room that stays free, so that a host may fail during the maintenance.
enum HeadroomRule {
  static func refusal(_ vm: Int, on host: Int, in state: PlacementState) -> PlacementRefusal? {
    let needed = state.cluster.memory(vm)
    switch state.cluster.policy.capacity.keepFree {
    case .hosts(0): return nil
    case .hosts:
      let left = state.spareHeadroom - needed
      return left >= .zero ? nil : .headroom(short: .zero - left)
    case .share(let share):
      let kept = state.cluster.host(host).guestMemory(state.cluster.policy.capacity) * share.fraction
      let left = state.freeMemory[host] - needed - kept
      return left >= .zero ? nil : .headroom(short: .zero - left)
    }
  }
}
