import EvacuationModel

/// Shared disks need a host that reaches their pool; local disks need a host with a piece of theirs.
enum DatastoreRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    let reached = cluster.offers[host].pools
    return cluster.guests[vm]?.pools.first { !reached.contains($0) }.map { .unreachableStorage($0) }
  }
}
