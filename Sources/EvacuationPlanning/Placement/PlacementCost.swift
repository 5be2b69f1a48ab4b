import EvacuationModel
import MigrationSimulation
import Quantities

/// How welcome a virtual machine is on a host; less is better. Only hosts that every rule admits are compared.
struct PlacementCost: Sendable {
  let preference: ReceiverPreference

  /// Dimensionless. A broken soft group outweighs any difference in load (at most 1); a way that disturbs more
  /// (cold instead of live) outweighs both.
  func of(_ vm: Int, on host: Int, disturbance: Double, in state: PlacementState) -> Double {
    let total = Double(state.cluster.offers[host].memory.bytes)
    let free = Double((state.freeMemory[host] - state.cluster.memory(vm)).bytes)
    let load = total > 0 ? 1 - free / total : 1
    return disturbance + Double(softGroupsBroken(vm, on: host, in: state)) * 2
      + (preference == .pack ? -load : load)
      + (preference == .keepEmpty && state.isEmpty(host) ? 1 : 0)
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
