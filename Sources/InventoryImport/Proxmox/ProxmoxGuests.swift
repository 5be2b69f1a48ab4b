import EvacuationModel
import Quantities

/// The virtual machines and containers of a cluster.
struct ProxmoxGuests {
  private(set) var virtualMachines: [VirtualMachine] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  private(set) var storage: ProxmoxStorage
  private(set) var settings = ImportedSettings()
  /// The name of each guest by its number.
  private(set) var names: [Int: VirtualMachine.ID] = [:]
  private let hosts: [String: Host]
  private var locked: [String] = []
  private var templates = 0

  init(_ files: ProxmoxFiles, hosts: [Host], storage: ProxmoxStorage) {
    self.hosts = Dictionary(hosts.map { ($0.id.name, $0) }) { first, _ in first }
    self.storage = storage
    var records: [Int: ProxmoxGuestRecord] = [:]
    for record in files[.guest] {
      guard let number = record.fields.count("vmid") else { continue }
      let node = record.fields.text("node") ?? PathSubject.name(in: record.path, among: self.hosts.keys)
      records[number, default: ProxmoxGuestRecord(number: number)].add(record, node: node)
    }
    findings += ProxmoxGuestRecord.attach(files, to: &records, nodes: Array(self.hosts.keys))
    let guests = records.values.sorted { $0.number < $1.number }
    let unique = UniqueNames(guests.map { ("\($0.number)", $0.name) })
    for guest in guests { add(guest, name: unique.byID["\(guest.number)"] ?? "\(guest.number)") }
    findings += unique.findings + remarks
  }

  private mutating func add(_ guest: ProxmoxGuestRecord, name: String) {
    guard !guest.isTemplate else { return templates += 1 }
    guard let node = guest.node, let host = hosts[node] else {
      let place = guest.node.map { "its node \(shown($0)) is not listed" } ?? "no listing tells its node"
      return skip(guest, name, place)
    }
    guard let memory = guest.memory, memory > .zero, let vcpus = guest.vcpus else {
      return skip(guest, name, "memory or CPUs are not told")
    }
    if guest.lock != nil { locked.append(name) }
    if !guest.isListed { assumptions.add(ProxmoxAssumptions.state, about: name) }
    if guest.configuration == nil { assumptions.add(ProxmoxAssumptions.configuration, about: name) }
    var parts = ProxmoxDisks(guest.configuration ?? .null, storage: &storage)
    if guest.configuration == nil { parts.take(guest.preconditions, storage: &storage) }
    assumptions.add(ProxmoxAssumptions.storage, about: parts.unlisted.map { "\(name) \($0)" })
    assumptions.add(ProxmoxAssumptions.size, about: parts.unsized.map { "\(name) \($0)" })
    let container = guest.isContainer ? [AttachedDevice(kind: "container", name: "lxc")] : []
    if guest.isContainer { assumptions.add(ProxmoxAssumptions.container, about: name) }
    let id = VirtualMachine.ID(name)
    names[guest.number] = id
    virtualMachines.append(
      VirtualMachine(
        id: id, platformID: "\(guest.number)", host: host.id, state: guest.state, vcpus: vcpus,
        memory: memory,
        memoryTouched: guest.touched.map { min($0, memory) },
        cpuModel: processor(guest, on: host, name: name),
        disks: writing(guest.writeRate, parts.disks, name: name), devices: parts.devices + container,
        labels: guest.labels, migrationBandwidthLimit: guest.speedLimit))
    if let downtime = guest.downtime {
      settings.addRule(
        [
          "match: { name: \(YAMLScalar.text(PlainGlob.text(name))) }",
          "precopy: { downtime_limit: \(ExactQuantity.text(downtime)) }",
        ],
        source: "migrate_downtime of \(guest.number)")
    }
  }

  /// `host` shows the guest the node's own CPU. Other types are subsets that any node of the cluster was meant to have.
  private mutating func processor(_ guest: ProxmoxGuestRecord, on host: Host, name: String) -> String? {
    guard guest.processor == "host" || guest.processor == "max" else { return nil }
    if host.cpuModel == nil { assumptions.add(ProxmoxAssumptions.processor, about: name) }
    return "host-passthrough"
  }

  private mutating func writing(_ rate: DataRate?, _ disks: [VirtualDisk], name: String) -> [VirtualDisk] {
    guard let rate, rate > .zero,
      let largest = disks.indices.max(by: { (disks[$0].size, $1) < (disks[$1].size, $0) })
    else { return disks }
    if disks.count > 1 { assumptions.add(ProxmoxAssumptions.writeRate, about: name) }
    var disks = disks
    disks[largest].writeRate = rate
    return disks
  }

  private mutating func skip(_ guest: ProxmoxGuestRecord, _ name: String, _ reason: String) {
    findings.append(
      Finding(
        .skippedRecord, path: guest.path, place: name, message: "left out: \(reason)",
        help: "add the output of pvesh get /cluster/resources --output-format json"))
  }

  private var remarks: [Finding] {
    var findings = ListingFindings.notReady(
      locked, "locked, which Proxmox does not migrate",
      help: "wait for the task that holds the lock, or qm unlock")
    if templates > 0 {
      findings.append(
        Finding(
          .skippedRecord, severity: .note,
          message: "\(counted(templates, "template")) left out: nothing runs from them", help: "nothing to do"
        ))
    }
    return findings
  }
}

extension ProxmoxDisks {
  /// Without a configuration, the preconditions of a migration tell at least the local disks.
  mutating func take(_ preconditions: JSONValue?, storage: inout ProxmoxStorage) {
    for disk in preconditions?.first(["local_disks"])?.elements ?? [] {
      guard let volume = disk.text("volid") else { continue }
      let name = disk.text("drivename") ?? volume
      add(
        name,
        [
          "": volume, "size": disk.bytes("size").map { "\($0.bytes)" } ?? "",
          "media": disk.flag("cdrom") == true ? "cdrom" : "",
        ],
        storage: &storage)
    }
  }
}
