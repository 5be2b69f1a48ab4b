import EvacuationModel
import Quantities

/// The instances that run on nodes.
struct KubeVirtGuests {
  private(set) var virtualMachines: [VirtualMachine] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  private(set) var pools: [Datastore.ID: Datastore.Kind] = [:]
  private(set) var placement: KubeVirtPlacement
  private(set) var settings: KubeVirtSettings
  private let nodes: KubeVirtNodes
  private let hosts: Set<Host.ID>
  private let claims: [String: KubernetesObject]
  private var notRunning = 0

  init(_ objects: [String: [KubernetesObject]], nodes: KubeVirtNodes) {
    self.nodes = nodes
    hosts = Set(nodes.hosts.map(\.id))
    claims = Dictionary(
      (objects["PersistentVolumeClaim"] ?? []).map { ("\($0.namespace)/\($0.name)", $0) }
    ) { first, _ in first }
    var seen: Set<String> = []
    let instances = (objects["VirtualMachineInstance"] ?? []).filter {
      seen.insert("\($0.namespace)/\($0.name)").inserted
    }
    .sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
    // A name is unique in its namespace only.
    let counts = Dictionary(grouping: instances, by: \.name).mapValues(\.count)
    let named = instances.map { instance in
      let isUnique = counts[instance.name] == 1
      return (
        id: VirtualMachine.ID(isUnique ? instance.name : "\(instance.namespace)/\(instance.name)"),
        object: instance
      )
    }
    placement = KubeVirtPlacement(named, nodes: nodes)
    settings = KubeVirtSettings(objects)
    for (id, instance) in named { add(instance, id) }
    if instances.isEmpty {
      findings.append(
        Finding(
          .missingListing, message: "no instances were found",
          help: "add the output of kubectl get vmi --all-namespaces -o yaml"))
    }
    let stopped =
      (objects["VirtualMachine"] ?? []).filter { !seen.contains("\($0.namespace)/\($0.name)") }.count
      + notRunning
    if stopped > 0 {
      findings.append(
        Finding(
          .skippedRecord, severity: .note,
          message: "\(counted(stopped, "VM")) left out: no instance of it runs on a node",
          help: "nothing to do"))
    }
  }

  private mutating func add(_ instance: KubernetesObject, _ id: VirtualMachine.ID) {
    let phase = instance.at("status", "phase")?.text ?? "Running"
    guard let node = instance.at("status", "nodeName")?.text, phase != "Succeeded", phase != "Failed" else {
      return notRunning += 1
    }
    guard hosts.contains(Host.ID(node)) else {
      return skip(instance, id, "its node \(shown(node)) is not listed")
    }
    guard let memory = Self.memory(instance), memory > .zero, let vcpus = Self.vcpus(instance) else {
      return skip(instance, id, "memory or CPUs are not told")
    }
    let volumes = KubeVirtVolumes(instance, claims: claims)
    pools.merge(volumes.kinds) { own, _ in own }
    assumptions.add(KubeVirtAssumptions.size, about: volumes.unsized.map { "\(id.name) \($0)" })
    assumptions.add(KubeVirtAssumptions.access, about: volumes.unknown.map { "\(id.name) \($0)" })
    let permitted = placement.permitted(instance)
    let own = Host.ID(node)
    var devices = KubeVirtDevices.devices(of: instance)
    if let permitted, permitted.allSatisfy({ $0 == own }) {
      devices.append(AttachedDevice(kind: "node-selector", name: node))
    }
    let rule = settings.rule(for: instance, permitted: permitted)
    settings.add(rule.lines, for: id.name)
    if permitted.map({ $0.count > 1 }) == true {
      assumptions.add(KubeVirtAssumptions.selector, about: id.name)
    }
    virtualMachines.append(
      VirtualMachine(
        id: id, platformID: "\(instance.namespace)/\(instance.name)", host: own,
        state: instance.condition("Paused")?.holds == true ? .paused : .running, vcpus: vcpus, memory: memory,
        cpuModel: processor(instance), cpuFeatures: features(instance), disks: volumes.disks,
        devices: devices,
        labels: Self.labels(instance), migrationBandwidthLimit: rule.bandwidth))
  }

  private mutating func skip(_ instance: KubernetesObject, _ id: VirtualMachine.ID, _ reason: String) {
    findings.append(
      Finding(
        .skippedRecord, path: instance.path, place: id.name, message: "left out: \(reason)",
        help: "look at kubectl get vmi -n \(shown(instance.namespace)) \(shown(instance.name)) -o yaml"))
  }

  private static func memory(_ instance: KubernetesObject) -> ByteCount? {
    let candidates = [
      instance.at("status", "memory", "guestCurrent"), instance.at("spec", "domain", "memory", "guest"),
      instance.at("status", "memory", "guestAtBoot"),
      instance.at("spec", "domain", "resources", "requests", "memory"),
      instance.at("spec", "domain", "resources", "limits", "memory"),
    ]
    return candidates.lazy.compactMap { $0?.quantityBytes }.first { $0 > .zero }
  }

  private static func vcpus(_ instance: KubernetesObject) -> Int? {
    let topology = instance.at("status", "currentCPUTopology") ?? instance.at("spec", "domain", "cpu")
    if let topology, topology.has("cores", "sockets", "threads") {
      let parts = ["cores", "sockets", "threads"].map { topology.first([$0])?.number ?? 1 }
      let count = parts.reduce(1, *)
      return (1...1e6).contains(count) ? Int(count) : nil
    }
    let requests =
      instance.at("spec", "domain", "resources", "requests", "cpu")
      ?? instance.at("spec", "domain", "resources", "limits", "cpu")
    return requests?.quantityCPUs(rounded: .up) ?? 1
  }

  /// `host-model` is KubeVirt's default.
  private func processor(_ instance: KubernetesObject) -> String? {
    guard let model = instance.at("spec", "domain", "cpu", "model")?.text else { return "host-model" }
    let isCheckable = nodes.hosts.allSatisfy { !$0.cpuModels.isEmpty }
    return model.hasPrefix("host-") || isCheckable ? model : nil
  }

  private func features(_ instance: KubernetesObject) -> [String] {
    guard nodes.hosts.allSatisfy({ !$0.cpuFeatures.isEmpty }) else { return [] }
    let features = instance.at("spec", "domain", "cpu", "features")?.elements ?? []
    return features.filter { ($0.text("policy") ?? "require") == "require" }.compactMap { $0.text("name") }
      .sorted()
  }

  private static func labels(_ instance: KubernetesObject) -> Labels {
    var labels = instance.labels.filter {
      !$0.key.hasPrefix("kubevirt.io/") && !$0.key.hasPrefix("vm.kubevirt.io/")
    }
    .map { ($0.key, $0.value) }
    labels.append(("namespace", instance.namespace))
    if let strategy = instance.at("spec", "evictionStrategy")?.text {
      labels.append(("evictionStrategy", strategy))
    }
    if instance.at("spec", "domain", "cpu", "dedicatedCpuPlacement")?.flag == true {
      labels.append(("dedicatedCpuPlacement", "true"))
    }
    if let size = instance.at("spec", "domain", "memory", "hugepages", "pageSize")?.text {
      labels.append(("hugepages", size))
    }
    return Labels(labels)
  }
}

/// What ties an instance to its node.
enum KubeVirtDevices {
  /// KubeVirt says itself whether an instance can be migrated live, and why not; where it has not said, devices that no
  /// release migrates count.
  static func devices(of instance: KubernetesObject) -> [AttachedDevice] {
    let verdict = instance.condition("LiveMigratable")
    if verdict?.holds == true { return [] }
    let devices = instance.at("spec", "domain", "devices")
    let passed = ["gpus": "gpu", "hostDevices": "host-device"].sorted { $0.key < $1.key }.flatMap {
      key, kind in
      (devices?.first([key])?.elements ?? []).map { device in
        let name = [device.text("name"), device.text("deviceName")].compactMap(\.self).joined(separator: " ")
        return AttachedDevice(kind: kind, name: name)
      }
    }
    let virtual = (devices?.first(["interfaces"])?.elements ?? []).filter { $0.has("sriov") }.map {
      AttachedDevice(kind: "sriov", name: $0.text("name") ?? "interface")
    }
    guard let verdict else { return passed }
    let reason = verdict.reason.isEmpty ? "not-live-migratable" : verdict.reason
    return passed + virtual + [AttachedDevice(kind: reason, name: verdict.message)]
  }
}

/// What a cluster does not tell.
enum KubeVirtAssumptions {
  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "Kubernetes",
    help: "set migration_bandwidth to the speed of the migration network, or give it with --overlay")
  static let pods = Assumption.Kind(
    noun: "node",
    message: "what other pods take on {} is not told: all allocatable memory assumed to be for VMs",
    help: "raise reserved_memory by what kubectl describe node lists as requested")
  static let size = Assumption.Kind(
    noun: "volume", message: "size of {} unknown: 1 GiB assumed: {names}",
    help: "add the output of kubectl get pvc --all-namespaces -o yaml")
  static let access = Assumption.Kind(
    topic: .diskLocality, noun: "volume", message: "access modes of {} unknown: not shared assumed: {names}",
    help: "add the output of kubectl get pvc --all-namespaces -o yaml")
  static let selector = Assumption.Kind(
    noun: "VM", message: "node selectors permit {} only some of the nodes: {names}",
    help: "plan with the policy of --policy-output, whose rules name their destinations")
  static let policy = Assumption.Kind(
    noun: "migration policy", message: "{} select namespaces by labels that are not told: {names}",
    help: "add the output of kubectl get namespaces -o yaml")
  static let workload = Assumption.Kind.workload(
    measure:
      "measure with: kubevirt_vmi_dirty_rate_bytes_per_second in Prometheus; give its answer with --overlay")
}
