import EvacuationModel

/// Shared disks need a host that reaches their pool; local disks need a host with a piece of theirs.
enum DatastoreRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    let reached = cluster.host(host).storage
    for disk in cluster.vm(vm).disks where !reached.contains(where: { $0.datastore == disk.datastore }) {
      return .unreachableStorage(disk.datastore)
    }
    return nil
  }
}
