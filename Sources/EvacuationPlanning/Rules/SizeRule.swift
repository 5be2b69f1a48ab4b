import EvacuationModel

/// A guest larger than the whole host would not fit even if the host were empty.
enum SizeRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    let capacity = cluster.offers[host].memory
    let needed = cluster.memory(vm)
    return needed <= capacity ? nil : .tooSmall(needs: needed, has: capacity)
  }
}
