import EvacuationModel

/// A guest that is bound to an availability zone stays in it.
enum ZoneRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    guard let zone = cluster.inventory.virtualMachines[vm].zone else { return nil }
    return cluster.offers[host].zone == zone ? nil : .zone(zone)
  }
}
