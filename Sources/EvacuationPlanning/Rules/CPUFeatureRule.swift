import EvacuationModel

/// A running guest keeps its CPU model and features, so the destination must have them.
///
/// `host-passthrough` shows the guest the very CPU it runs on; `host-model` a named model taken from it at
/// start. Where the inventory does not say what a host has, nothing is refused.
enum CPUFeatureRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    if let refusal = model(of: vm, on: host, in: cluster) { return refusal }
    let wanted = cluster.inventory.virtualMachines[vm].cpuFeatures
    guard !wanted.isEmpty else { return nil }
    let missing = Set(wanted).subtracting(cluster.offers[host].cpuFeatures)
    return missing.isEmpty ? nil : .cpuFeatures(missing.sorted())
  }

  private static func model(of vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    guard let wanted = cluster.inventory.virtualMachines[vm].cpuModel else { return nil }
    let home = cluster.homes[vm]
    let usable = cluster.offers[host].cpuModels
    switch wanted {
    case "host-passthrough", "host-model":
      guard cluster.inventory.virtualMachines[vm].state != .stopped, home >= 0,
        let source = cluster.inventory.hosts[home].cpuModel,
        let present = cluster.inventory.hosts[host].cpuModel, source != present
      else { return nil }
      return wanted == "host-model" && usable.contains(source) ? nil : .cpuModel("\(source) (\(wanted))")
    default:
      return usable.isEmpty || usable.contains(wanted) ? nil : .cpuModel(wanted)
    }
  }
}
