import EvacuationModel
import Quantities

/// The nodes of a cluster as hosts.
struct KubeVirtNodes {
  private(set) var hosts: [Host] = []
  private(set) var findings: [Finding] = []
  /// All labels of each node, also those that an inventory does not need.
  private(set) var labels: [Host.ID: [String: String]] = [:]

  init(_ nodes: [KubernetesObject]) {
    let sorted = nodes.sorted { $0.name < $1.name }
    let marksSchedulable = sorted.contains { $0.labels["kubevirt.io/schedulable"] == "true" }
    for node in sorted where !hosts.contains(where: { $0.id.name == node.name }) {
      add(node, marksSchedulable: marksSchedulable)
    }
    if nodes.isEmpty {
      findings.append(
        Finding(
          .missingListing, message: "no nodes were found", help: "add the output of kubectl get nodes -o yaml"
        ))
    }
  }

  private mutating func add(_ node: KubernetesObject, marksSchedulable: Bool) {
    let capacity = node.at("status", "capacity", "memory")?.quantityBytes
    let allocatable = node.at("status", "allocatable", "memory")?.quantityBytes
    let cpus = (node.at("status", "allocatable", "cpu") ?? node.at("status", "capacity", "cpu"))?
      .quantityCPUs(rounded: .down)
    guard let memory = capacity ?? allocatable, memory > .zero, let cpus else {
      findings.append(
        Finding(
          .missingListing, path: node.path, place: node.name, message: "memory and CPUs are not told",
          help: "capture it again with kubectl get nodes -o yaml, which has status.allocatable"))
      return
    }
    let labels = node.labels
    let id = Host.ID(node.name)
    self.labels[id] = labels.merging(["metadata.name": node.name]) { own, _ in own }
    hosts.append(
      Host(
        id: id, state: state(node, labels, marksSchedulable: marksSchedulable), cpus: cpus, memory: memory,
        reservedMemory: max(memory - (allocatable ?? memory), .zero),
        migrationBandwidth: ImportDefaults.migrationBandwidth,
        cpuModel: Self.suffixes(of: labels, "host-model-cpu.node.kubevirt.io/").first,
        cpuModels: Array(
          Set(
            Self.suffixes(of: labels, "cpu-model.node.kubevirt.io/")
              + Self.suffixes(of: labels, "cpu-model-migration.node.kubevirt.io/"))
        ).sorted(),
        cpuFeatures: Self.suffixes(of: labels, "cpu-feature.node.kubevirt.io/"),
        zone: labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"],
        rack: labels["topology.kubernetes.io/rack"] ?? labels["topology.rack"],
        labels: Labels(labels.filter { Self.isOwn($0.key) }.map { ($0.key, $0.value) })))
  }

  private func state(
    _ node: KubernetesObject, _ labels: [String: String], marksSchedulable: Bool
  ) -> HostState {
    if let ready = node.condition("Ready"), !ready.holds { return .down }
    if node.at("spec", "unschedulable")?.flag == true { return .disabled }
    let taints = node.at("spec", "taints")?.elements ?? []
    if taints.contains(where: { $0.text("key") == "kubevirt.io/drain" }) { return .disabled }
    // virt-handler marks the nodes on which guests can run.
    return marksSchedulable && labels["kubevirt.io/schedulable"] != "true" ? .disabled : .up
  }

  private static func suffixes(of labels: [String: String], _ prefix: String) -> [String] {
    labels.filter { $0.key.hasPrefix(prefix) && $0.value == "true" }.map {
      String($0.key.dropFirst(prefix.count))
    }
    .sorted()
  }

  /// KubeVirt's hundreds of labels about CPUs are no use to a reader.
  private static func isOwn(_ key: String) -> Bool {
    let domain = key.prefix { $0 != "/" }
    let noise = [
      "node.kubevirt.io", "feature.node.kubernetes.io", "beta.kubernetes.io",
      "failure-domain.beta.kubernetes.io",
      "hyperv.node.kubevirt.io", "scheduling.node.kubevirt.io",
    ]
    return !noise.contains { domain == $0 || domain.hasSuffix(".\($0)") } && domain != "kubevirt.io"
      && key != "kubernetes.io/os" && key != "kubernetes.io/arch" && key != "kubernetes.io/hostname"
  }
}
