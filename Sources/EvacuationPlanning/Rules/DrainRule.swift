import EvacuationModel

/// A host that is to be emptied takes nothing, unless it comes back.
enum DrainRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    cluster.isDrained(host) && !cluster.drainedHostsReturn ? .beingDrained : nil
  }
}
