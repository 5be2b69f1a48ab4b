import EvacuationModel
import Quantities

/// Groups, nodes and instances of all files.
struct GanetiCluster {
  private var nodes: [GanetiNode] = []
  private var instances: [GanetiInstance] = []
  private var groupNames: [String: String] = [:]
  private var exclusive: Set<String> = []
  private var cpuRatio: Double?
  private var findings: [Finding] = []

  mutating func read(_ path: String, _ bytes: [UInt8]) {
    let sections = GanetiText.sections(String(decoding: bytes, as: UTF8.self))
    guard sections.count >= 3, sections[1].contains(where: { $0.count >= 8 }) else {
      return findings.append(
        ListingFindings.unknown(
          path, "is not the text that htools write",
          help: "leave it out, or write it with hscan, or with hbal -L -S FILE"))
    }
    for cells in sections[0] where cells.count >= 2 { groupNames[cells[1]] = cells[0] }
    for (number, cells) in sections[1].enumerated() {
      guard let node = GanetiNode(cells) else { skip(path, "node \(number + 1)"); continue }
      if !nodes.contains(where: { $0.name == node.name }) { nodes.append(node) }
    }
    for (number, cells) in sections[2].enumerated() {
      guard let instance = GanetiInstance(cells) else { skip(path, "instance \(number + 1)"); continue }
      instances.append(instance)
    }
    let prefix = "htools:iextags:"
    let tags = sections.count > 3 ? sections[3].flatMap { $0 } : []
    exclusive.formUnion(tags.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
    // The policy of the whole cluster comes first: name, std, min-max, templates, CPUs for each real one, spindles.
    if sections.count > 4, let policy = sections[4].first, policy.count > 4 { cpuRatio = Double(policy[4]) }
  }

  private mutating func skip(_ path: String, _ place: String) {
    findings.append(
      Finding(
        .skippedRecord, path: path, place: place, message: "left out: the line has too few columns",
        help: "write the file again with hscan"))
  }

  func picture(name: String) -> ImportedPicture {
    var remarks = findings
    var assumptions = Assumptions()
    var storage = GanetiStorage()
    let hosts = hosts(&remarks)
    assumptions.add(GanetiAssumptions.bandwidth, about: hosts.filter { $0.state != .down }.map(\.id.name))
    let known = Set(hosts.map(\.id))
    let guests = instances.sorted { $0.name < $1.name }.compactMap { instance in
      guest(instance, known, &storage, &remarks)
    }
    if nodes.isEmpty {
      remarks.append(
        Finding(.missingListing, message: "no nodes were found", help: "give the file that hscan wrote"))
    }
    var settings = ImportedSettings()
    if let ratio = cpuRatio, (0.01...1000).contains(ratio) {
      settings.set(
        "capacity", "cpu_overcommit", "\(ratio)", source: "vcpu-ratio of the cluster's instance policy")
    }
    let inventory = Inventory(
      name: name, platform: .ganeti, datastores: storage.datastores,
      hosts: hosts.map { host in
        var host = host
        host.storage = storage.reach(of: host.id, freeDisk: nodes.first { $0.name == host.id.name }?.freeDisk)
        return host
      }, virtualMachines: guests, groups: groups(guests))
    return ImportedPicture(
      inventory: inventory, remarks: remarks, assumptions: assumptions, workload: GanetiAssumptions.workload,
      settings: settings)
  }

  private func hosts(_ remarks: inout [Finding]) -> [Host] {
    var unsized: [String] = []
    let hosts = nodes.sorted { $0.name < $1.name }.compactMap { node -> Host? in
      guard let memory = node.memory, memory > .zero, let cpus = node.cpus else {
        unsized.append(node.name)
        return nil
      }
      let labels = node.tags.map { ("tag.\($0)", "true") } + [("role", node.role == "M" ? "master" : "node")]
      return Host(
        id: Host.ID(node.name), state: node.role == "Y" ? .down : .up, cpus: cpus, memory: memory,
        reservedMemory: min(node.ownMemory ?? .zero, memory),
        migrationBandwidth: ImportDefaults.migrationBandwidth,
        zone: groupNames[node.group],
        rack: node.tags.first { $0.hasPrefix("rack:") }.map { String($0.dropFirst(5)) },
        labels: Labels(labels))
    }
    if !unsized.isEmpty {
      remarks.append(
        Finding(
          .skippedRecord,
          message:
            "memory or CPUs of \(counted(unsized.count, "node")) not told, left out: \(listed(unsized))",
          help: "run hscan again while they answer"))
    }
    return hosts
  }

  private func guest(
    _ instance: GanetiInstance, _ hosts: Set<Host.ID>, _ storage: inout GanetiStorage,
    _ remarks: inout [Finding]
  ) -> VirtualMachine? {
    let host = Host.ID(instance.primary)
    guard hosts.contains(host), let memory = instance.memory, memory > .zero, let vcpus = instance.vcpus
    else {
      remarks.append(
        Finding(
          .skippedRecord, place: instance.name,
          message:
            "left out: \(hosts.contains(host) ? "memory or CPUs are not told" : "its primary node is not listed")",
          help: "look at gnt-instance info \(shown(instance.name))"))
      return nil
    }
    let status = instance.status.lowercased()
    let isStopped = ["admin_down", "admin_offline", "error_down", "stopped", "down"].contains(status)
    if status.hasPrefix("error") {
      remarks += ListingFindings.notReady(
        [instance.name], "in status \(shown(instance.status))",
        help: "run gnt-cluster verify before the drain")
    }
    let disks = storage.disks(of: instance)
    return VirtualMachine(
      id: VirtualMachine.ID(instance.name), platformID: instance.name, host: host,
      state: isStopped ? .stopped : .running,
      vcpus: vcpus, memory: memory, zone: groupNames.count > 1 ? zone(of: instance.primary) : nil,
      disks: disks,
      labels: Labels(instance.tags.map { ("tag.\($0)", "true") } + [("disk_template", instance.template)]))
  }

  private func zone(of node: String) -> String? {
    nodes.first { $0.name == node }.flatMap { groupNames[$0.group] }
  }

  /// Instances that share a tag with an exclusion prefix are kept apart, as far as hbal can.
  private func groups(_ guests: [VirtualMachine]) -> [PlacementGroup] {
    var members: [String: [VirtualMachine.ID]] = [:]
    let known = Set(guests.map(\.id))
    for instance in instances where known.contains(VirtualMachine.ID(instance.name)) {
      for tag in Set(instance.tags) where exclusive.contains(where: { tag.hasPrefix("\($0):") }) {
        members[tag, default: []].append(VirtualMachine.ID(instance.name))
      }
    }
    return members.sorted { $0.key < $1.key }.map { tag, members in
      PlacementGroup(
        id: PlacementGroup.ID(tag), relation: .antiAffinity, strictness: .soft, members: Set(members).sorted()
      )
    }
  }
}

/// What Ganeti's text does not tell.
enum GanetiAssumptions {
  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "Ganeti", help: "set migration_bandwidth to the speed of the secondary network, or give it with --overlay"
  )
  static let workload = Assumption.Kind.workload(
    measure:
      "measure on the node with the monitor of KVM: calc_dirty_rate 1, info dirty_rate; give it with --overlay"
  )
}
