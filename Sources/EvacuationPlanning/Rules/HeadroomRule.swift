import EvacuationModel
import Quantities

/// Room that stays free, so that a host may fail during the maintenance. Who needs no room takes none of it.
enum HeadroomRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    let needed = state.cluster.memory(vm)
    guard needed > .zero else { return nil }
    let left: ByteCount
    switch state.cluster.policy.capacity.keepFree {
    case .hosts(...0): return nil
    case .hosts:
      left = state.spareHeadroom(with: vm, on: host)
    case .share(let share):
      left = state.freeMemory[host] - needed - state.cluster.offers[host].memory * share.fraction
    }
    return left >= .zero ? nil : .headroom(short: .zero - left)
  }
}
