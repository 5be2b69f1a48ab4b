import EvacuationModel

/// A policy rule may name the only hosts that a guest goes to.
enum DestinationRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    guard let permitted = cluster.policy.rules.first(for: cluster.vm(vm))?.destinations else { return nil }
    return permitted.contains(cluster.host(host).id) ? nil : .notAmongDestinations
  }
}
