import EvacuationModel

/// All members of a hard affinity group in one place: where those are that stay or have been placed already.
enum AffinityRule {
  static func refusal(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    for group in state.cluster.groups.of(vm)
    where group.bindsTogether {
      if let other = state.member(of: group, besides: vm, settledElsewhereThan: host) {
        return .affinity(group.id, with: state.cluster.vm(other).id)
      }
    }
    return nil
  }
}
