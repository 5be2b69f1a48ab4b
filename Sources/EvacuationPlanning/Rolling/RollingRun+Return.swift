import EvacuationModel
import Quantities

/// The way home when all maintenance is over.
extension RollingRun {
  /// Sends everybody home who has left a maintained host, as far as there is room on the way.
  mutating func returnHome(in world: inout RollingWorld) {
    for host in phases.indices { isAhead[host] = false }
    while true {
      if limits.batching == .rolling || underWay == 0 { sendHome(in: &world) }
      guard !simulation.isIdle, advance(in: world) else { return }
    }
  }

  private mutating func sendHome(in world: inout RollingWorld) {
    batch += 1
    for vm in state.cluster.leaving where slots.isOpen {
      let home = state.cluster.homes[vm]
      guard absences[home] != nil, state.hostOf[vm] != home, !isMoving(vm) else { continue }
      leave(vm, for: home, in: &world)
    }
  }
}
