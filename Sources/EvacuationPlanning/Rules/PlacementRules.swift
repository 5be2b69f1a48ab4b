import EvacuationModel

/// Asks every rule whether a host can take a virtual machine; the first "no" is the reason.
///
/// The rules that cannot change while a plan is made come first, the cheapest of them at the front.
enum PlacementRules {
  /// Whether `host` may ever take `vm`.
  static func standing(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    receiving(vm, on: host, in: cluster)
      ?? DestinationRule.refusal(vm, on: host, in: cluster)
      ?? equipment(vm, on: host, in: cluster)
  }

  /// The same but for hosts named by the policy: the answer holds for every host of the same kind.
  static func ofItsKind(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    receiving(vm, on: host, in: cluster) ?? equipment(vm, on: host, in: cluster)
  }

  private static func receiving(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    DrainRule.refusal(vm, on: host, in: cluster) ?? HostStateRule.refusal(vm, on: host, in: cluster)
  }

  private static func equipment(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    ZoneRule.refusal(vm, on: host, in: cluster)
      ?? SizeRule.refusal(vm, on: host, in: cluster)
      ?? DatastoreRule.refusal(vm, on: host, in: cluster)
      ?? CPUFeatureRule.refusal(vm, on: host, in: cluster)
  }

  /// Whether `host` can take `vm` with what it holds now.
  static func present(_ vm: Int, on host: Int, in state: some HostRoom) -> PlacementRefusal? {
    MemoryRule.refusal(vm, on: host, in: state)
      ?? CPUCapacityRule.refusal(vm, on: host, in: state)
      ?? DiskSpaceRule.refusal(vm, on: host, in: state)
      ?? AntiAffinityRule.refusal(vm, on: host, in: state)
      ?? AffinityRule.refusal(vm, on: host, in: state)
      ?? HeadroomRule.refusal(vm, on: host, in: state)
  }
}
