import EvacuationModel

/// A running guest keeps its CPU model and features, so the destination must have them.
///
/// `host-passthrough` shows the guest the very CPU it runs on; `host-model` a named model taken from it at
/// start. Where the inventory does not say what a host has, nothing is refused.
enum CPUFeatureRule {
  static func refusal(_ vm: Int, on host: Int, in cluster: Cluster) -> PlacementRefusal? {
    let guest = cluster.vm(vm)
    let target = cluster.host(host)
    if let refusal = model(of: guest, home: cluster.homes[vm], on: target, in: cluster) { return refusal }
    guard !guest.cpuFeatures.isEmpty else { return nil }
    let missing = guest.cpuFeatures.filter { !target.cpuFeatures.contains($0) }
    return missing.isEmpty ? nil : .cpuFeatures(missing.sorted())
  }

  private static func model(
    of guest: VirtualMachine, home: Int, on target: Host, in cluster: Cluster
  ) -> PlacementRefusal? {
    guard let wanted = guest.cpuModel else { return nil }
    let source = home >= 0 ? cluster.host(home).cpuModel : nil
    let usable = [target.cpuModel].compactMap(\.self) + target.cpuModels
    switch wanted {
    case "host-passthrough", "host-model":
      guard guest.state != .stopped, let source, let present = target.cpuModel, source != present else {
        return nil
      }
      return wanted == "host-model" && usable.contains(source) ? nil : .cpuModel("\(source) (\(wanted))")
    default:
      return usable.isEmpty || usable.contains(wanted) ? nil : .cpuModel(wanted)
    }
  }
}
