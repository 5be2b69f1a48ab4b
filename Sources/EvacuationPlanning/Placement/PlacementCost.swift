import EvacuationModel
import MigrationSimulation
import Quantities

/// How welcome a virtual machine is on a host; less is better. Only hosts that every rule admits are compared.
struct PlacementCost: Sendable {
  let preference: ReceiverPreference

  /// Dimensionless. A broken soft group outweighs any difference in load (at most 1); a way that disturbs more
  /// (cold instead of live) outweighs both.
  func of(_ vm: Int, on host: Int, disturbance: Double, in state: PlacementState) -> Double {
    let load = load(of: host, with: vm, in: state)
    return disturbance + Double(softGroupsBroken(vm, on: host, in: state)) * 2
      + (preference == .pack ? -load : load)
      + (preference == .keepEmpty && state.isEmpty(host) ? 1 : 0)
  }

  /// The share that `vm` would leave taken of whatever is scarcest on `host`: memory, CPUs or the space that its local
  /// disks need. What is left of the others would be waste.
  private func load(of host: Int, with vm: Int, in state: PlacementState) -> Double {
    let offer = state.cluster.offers[host]
    let memory =
      Double((state.freeMemory[host] - state.cluster.memory(vm)).bytes) / Double(offer.memory.bytes)
    let cpus = (Double(state.freeCPUs[host]) - Double(state.cluster.vcpus(vm))) / Double(offer.cpus)
    var left = offer.memory > .zero ? memory : 0
    if offer.cpus > 0 { left = min(left, cpus) }
    for (pool, size) in state.cluster.guests.localSpace(of: vm) {
      guard let free = state.freeSpace[host][pool], free > .zero else { continue }
      left = min(left, Double((free - size).bytes) / Double(free.bytes))
    }
    return 1 - left
  }

  /// What a way of moving costs on any host: its mode, and its time. Between hosts of like load the faster path
  /// wins: an hour counts as much as a tenth of a host's memory.
  static func disturbance(_ decision: ModeDecision) -> Double {
    let kind = decision.mode == .cold ? 2.0 : (decision.usesPostCopy ? 1 : 0)
    return kind * 10 + (decision.forecast.duration?.seconds ?? 1e6) / 36_000
  }

  /// Soft groups that have `vm` on `host` against them.
  func softGroupsBroken(_ vm: Int, on host: Int, in state: PlacementState) -> Int {
    state.cluster.groups.of(vm).count { group in
      // A hard affinity group that is already split cannot be kept, but a move may bring it together.
      guard group.strictness == .soft || group.isBrokenNow else { return false }
      switch group.relation {
      case .antiAffinity: return state.member(of: group, besides: vm, inPlaceOf: host) != nil
      case .affinity: return state.member(of: group, besides: vm, settledElsewhereThan: host) != nil
      }
    }
  }
}
