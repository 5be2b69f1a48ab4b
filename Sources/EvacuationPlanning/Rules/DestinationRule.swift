import EvacuationModel

/// A policy rule may name the only hosts that a guest goes to.
enum DestinationRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    guard let permitted = cluster.guests[vm]?.permittedHosts else { return nil }
    return permitted.contains(host) ? nil : .notAmongDestinations
  }
}
