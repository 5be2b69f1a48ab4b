import EvacuationModel
import Quantities

/// An inventory from what `kubectl get` prints of a cluster with KubeVirt, in YAML or JSON.
public enum KubeVirtImport {
  /// Puts the objects in `files` together; lists, single objects and documents in any order.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    var findings: [Finding] = []
    var objects: [String: [KubernetesObject]] = [:]
    for file in files.sorted(by: { $0.path < $1.path }) {
      let (values, broken) = YAMLListing.values(file.bytes, path: file.path)
      findings += broken
      let found = values.flatMap { KubernetesObject.all(in: $0, path: file.path) }
      for object in found { objects[object.kind, default: []].append(object) }
      if found.isEmpty, broken.isEmpty {
        findings.append(
          ListingFindings.unknown(
            file.path, "holds no object of Kubernetes",
            help: "leave it out, or capture it again with kubectl get … -o yaml"))
      }
    }
    let nodes = KubeVirtNodes(objects["Node"] ?? [])
    let guests = KubeVirtGuests(objects, nodes: nodes)
    var assumptions = Assumptions()
    assumptions.add(KubeVirtAssumptions.bandwidth, about: nodes.hosts.map(\.id.name))
    assumptions.add(KubeVirtAssumptions.pods, about: nodes.hosts.map(\.id.name))
    assumptions.add(guests.assumptions)
    assumptions.add(KubeVirtAssumptions.policy, about: guests.settings.unmatched)
    let pools = guests.pools.sorted { $0.key < $1.key }.map { Datastore(id: $0.key, kind: $0.value) }
    let known = Set(guests.virtualMachines.map(\.id))
    let inventory = Inventory(
      name: name, platform: .kubevirt,
      release: guests.settings.version.flatMap { PlatformRelease($0, of: .kubevirt) }, datastores: pools,
      hosts: nodes.hosts.map { host in
        var host = host
        host.storage = pools.map { HostStorage(datastore: $0.id) }
        return host
      }, virtualMachines: guests.virtualMachines.sorted { $0.id < $1.id },
      groups: guests.placement.groups.compactMap { group in
        var group = group
        group.members = group.members.filter { known.contains($0) }
        return group.members.isEmpty ? nil : group
      })
    return ImportedPicture(
      inventory: inventory, remarks: findings + nodes.findings + guests.findings, assumptions: assumptions,
      workload: KubeVirtAssumptions.workload, settings: guests.settings.imported)
  }
}
