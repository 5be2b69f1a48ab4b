import EvacuationModel

/// All members of a hard affinity group in one place: where those are that stay or have been placed already.
enum AffinityRule {
  static func refusal(_ vm: Int, on host: Int, in state: PlacementState) -> PlacementRefusal? {
    for group in state.cluster.groups.of(vm)
    where group.relation == .affinity && group.strictness == .hard && !group.isBrokenNow {
      for member in group.members where member != vm {
        guard let place = state.place(of: member, in: group.scope) else { continue }
        if state.cluster.host(host).place(in: group.scope) != place {
          return .affinity(group.id, with: state.cluster.vm(member).id)
        }
      }
    }
    return nil
  }
}
