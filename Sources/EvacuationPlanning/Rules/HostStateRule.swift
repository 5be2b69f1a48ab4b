import EvacuationModel

/// Only a host that is up takes arrivals.
enum HostStateRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    let state = cluster.offers[host].state
    return state == .up ? nil : .hostState(state)
  }
}
