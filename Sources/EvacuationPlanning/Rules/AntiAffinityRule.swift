import EvacuationModel

/// No two members of a hard anti-affinity group in one place: while a guest moves it is in both places, and who
/// leaves first is not known yet.
enum AntiAffinityRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    for group in state.cluster.groups.of(vm)
    where group.relation == .antiAffinity && group.strictness == .hard {
      if let other = state.member(of: group, besides: vm, inPlaceOf: host) {
        return .antiAffinity(group.id, with: state.cluster.vm(other).id)
      }
    }
    return nil
  }
}
