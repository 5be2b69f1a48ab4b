import EvacuationModel
import MigrationSimulation
import Quantities

/// How welcome a virtual machine is on a host; less is better. Only hosts that every rule admits are compared.
struct PlacementCost: Sendable {
  /// Whether load is spread over the receivers or the fullest host that still fits is preferred.
  enum Preference: Hashable, Sendable {
    case spread, pack
  }

  let preference: Preference

  /// Dimensionless. A broken soft group outweighs any difference in load (at most 1); a way that disturbs more
  /// (cold instead of live) outweighs both.
  func of(_ vm: Int, on candidate: CandidateHosts.Candidate, in state: PlacementState) -> Double {
    let host = candidate.host
    let total = Double(state.cluster.host(host).guestMemory(state.cluster.policy.capacity).bytes)
    let free = Double((state.freeMemory[host] - state.cluster.memory(vm)).bytes)
    let load = total > 0 ? 1 - free / total : 1
    let longer = candidate.decision.forecast.duration?.seconds ?? 1e6
    return Double(Self.disturbance(candidate.decision)) * 10
      + Double(softGroupsBroken(vm, on: host, in: state)) * 2
      + (preference == .spread ? load : -load)
      // Between hosts of like load the faster path wins: an hour counts as much as a tenth of a host's memory.
      + longer / 36_000
  }

  private static func disturbance(_ decision: ModeDecision) -> Int {
    decision.mode == .cold ? 2 : (decision.usesPostCopy ? 1 : 0)
  }

  private func softGroupsBroken(_ vm: Int, on host: Int, in state: PlacementState) -> Int {
    state.cluster.groups.of(vm).count { group in
      // A hard affinity group that is already split cannot be kept, but a move may bring it together.
      guard group.strictness == .soft || group.isBrokenNow else { return false }
      switch group.relation {
      case .antiAffinity:
        return state.member(of: group, besides: vm, inPlaceOf: host) != nil
      case .affinity:
        let place = state.cluster.host(host).place(in: group.scope)
        return group.members.contains { member in
          member != vm && state.place(of: member, in: group.scope).map { $0 != place } ?? false
        }
      }
    }
  }
}
