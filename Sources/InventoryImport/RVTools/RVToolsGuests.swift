import EvacuationModel
import Quantities

/// The virtual machines of an export.
struct RVToolsGuests {
  private(set) var virtualMachines: [VirtualMachine] = []
  private(set) var groups: [PlacementGroup] = []
  private(set) var findings: [Finding] = []
  private(set) var assumptions = Assumptions()
  private(set) var storage: RVToolsStorage
  private let hosts: RVToolsHosts
  private let hostIDs: Set<Host.ID>
  private let details: RVToolsDetails
  private var templates = 0
  private var suspended: [String] = []
  private var rules: [String: (relation: PlacementGroup.Relation, members: Set<VirtualMachine.ID>)] = [:]

  init(_ files: RVToolsFiles, hosts: RVToolsHosts) {
    self.hosts = hosts
    hostIDs = Set(hosts.hosts.map(\.id))
    storage = RVToolsStorage(files)
    details = RVToolsDetails(files)
    let rows = files[.info].enumerated().map { (key: Self.key($1.row, $0), path: $1.path, row: $1.row) }
    var seen: Set<String> = []
    let unique = rows.filter { seen.insert($0.key).inserted }
    let names = UniqueNames(unique.map { ($0.key, $0.row.text("VM")) })
    for (key, path, row) in unique { add(row, path, name: names.byID[key] ?? key) }
    if rows.isEmpty {
      findings.append(
        Finding(
          .missingListing, message: "no tab vInfo was found, or no VM in it", help: "export all tabs as CSV"))
    }
    groups = rules.sorted { $0.key < $1.key }.map { name, rule in
      PlacementGroup(id: PlacementGroup.ID(name), relation: rule.relation, members: rule.members.sorted())
    }
    assumptions.add(RVToolsAssumptions.datastore, about: storage.unlisted)
    assumptions.add(RVToolsAssumptions.ofOneHost, about: storage.single)
    findings += names.findings + remarks
  }

  private static func key(_ row: ListingTable.Row, _ index: Int) -> String {
    row.text("VM UUID", "VM ID", "SMBIOS UUID") ?? "\(row.text("VM") ?? "") \(index)"
  }

  private mutating func add(_ row: ListingTable.Row, _ path: String, name: String) {
    if row.flag("Template") == true || row.flag("SRM Placeholder") == true { return templates += 1 }
    guard let hostName = row.text("Host"), hostIDs.contains(Host.ID(hostName)) else {
      return skip(
        path, name, row.text("Host").map { "its host \(shown($0)) is not in vHost" } ?? "it has no host")
    }
    let host = Host.ID(hostName)
    guard let memory = RVToolsUnits.mebibytes(row.number("Memory")) ?? details.memory(of: row),
      memory > .zero,
      let vcpus = (row.number("CPUs") ?? details.processors(of: row)).flatMap({
        (1...1e6).contains($0) ? Int($0) : nil
      })
    else { return skip(path, name, "memory or CPUs are not told") }
    let state: PowerState =
      switch row.text("Powerstate")?.lowercased() {
      case "poweredoff": .stopped
      case "suspended": .stopped
      default: .running
      }
    if row.text("Powerstate")?.lowercased() == "suspended" { suspended.append(name) }
    let id = VirtualMachine.ID(name)
    addRules(row, id)
    let zone = Set(hosts.clusters.values).count > 1 ? hosts.clusters[host] : nil
    if zone != nil { assumptions.add(RVToolsAssumptions.cluster, about: name) }
    let active = RVToolsUnits.mebibytes(row.number("Active Memory")) ?? details.active(of: row)
    virtualMachines.append(
      VirtualMachine(
        id: id, platformID: row.text("VM ID", "VM UUID", "SMBIOS UUID"), host: host, state: state,
        vcpus: vcpus,
        memory: memory, memoryTouched: details.consumed(of: row).map { min($0, memory) }, zone: zone,
        disks: disks(row, on: host, name: name),
        memoryActivity: MemoryActivity(
          workingSet: state == .running ? active.flatMap { $0 > .zero ? min($0, memory) : nil } : nil),
        devices: details.devices(of: row) + rawDisks(row), labels: Self.labels(row)))
  }

  private mutating func disks(_ row: ListingTable.Row, on host: Host.ID, name: String) -> [VirtualDisk] {
    let fallback = RVToolsStorage.name(in: row.text("Path")) ?? "unknown datastore"
    let listed = details.disks(of: row)
    let disks = listed.enumerated().map { index, disk in
      let pool = RVToolsStorage.name(in: disk.text("Path", "Disk Path")) ?? fallback
      let size =
        RVToolsUnits.mebibytes(disk.number("Capacity MiB", "Capacity MB")) ?? ImportDefaults.diskSize
      return VirtualDisk(
        name: disk.text("Disk", "Label") ?? "disk \(index + 1)",
        datastore: storage.pool(of: pool, usedBy: host), size: size,
        used: details.filled(disk, of: row, isOnly: listed.count == 1).map { min($0, size) })
    }
    guard disks.isEmpty else { return disks }
    let total = row.number(
      "Total disk capacity MiB", "Provisioned MiB", "Provisioned MB", "In Use MiB", "In Use MB")
    guard let size = RVToolsUnits.mebibytes(total), size > .zero else { return [] }
    assumptions.add(RVToolsAssumptions.disks, about: name)
    return [
      VirtualDisk(
        name: "all disks", datastore: storage.pool(of: fallback, usedBy: host), size: size,
        used: details.filled(of: row).map { min($0, size) })
    ]
  }

  /// Raw devices that one host alone sees.
  private func rawDisks(_ row: ListingTable.Row) -> [AttachedDevice] {
    details.disks(of: row).compactMap { disk in
      guard disk.flag("Raw") == true, let name = RVToolsStorage.name(in: disk.text("Path", "Disk Path")),
        storage.isOfOneHost(name)
      else { return nil }
      return AttachedDevice(kind: "raw-disk", name: disk.text("Disk", "Label") ?? "disk")
    }
  }

  /// Types and names of rules stand in two cells in the same order.
  private mutating func addRules(_ row: ListingTable.Row, _ id: VirtualMachine.ID) {
    func pieces(_ column: String) -> [String] {
      (row.text(column) ?? "").split { $0 == "," || $0 == ";" }.map { $0.trimming { $0.isWhitespace } }
    }
    let names = pieces("Cluster rule name(s)")
    for (type, name) in zip(pieces("Cluster rule(s)"), names) {
      if type.contains("AntiAffinity") {
        rules[name, default: (.antiAffinity, [])].members.insert(id)
      } else if type.contains("VmHost") {
        assumptions.add(RVToolsAssumptions.hostRule, about: id.name)
      } else if type.contains("Affinity") {
        rules[name, default: (.affinity, [])].members.insert(id)
      }
    }
  }

  private static func labels(_ row: ListingTable.Row) -> Labels {
    let labels = [
      ("cluster", row.text("Cluster")), ("folder", row.text("Folder")),
      ("resource_pool", row.text("Resource pool")),
      ("vm_id", row.text("VM ID")),
      (
        "latency_sensitivity",
        row.text("Latency Sensitivity").flatMap { $0.lowercased() == "normal" ? nil : $0 }
      ),
    ]
    return Labels(labels.compactMap { key, value in value.map { (key, $0) } })
  }

  private mutating func skip(_ path: String, _ name: String, _ reason: String) {
    findings.append(
      Finding(
        .skippedRecord, path: path, place: name, message: "left out: \(reason)",
        help: "export all tabs of one moment again"))
  }

  private var remarks: [Finding] {
    var findings = ListingFindings.notReady(
      suspended, "suspended; taken as stopped", help: "resume or shut down before the drain")
    if templates > 0 {
      findings.append(
        Finding(
          .skippedRecord, severity: .note, message: "\(counted(templates, "template")) left out",
          help: "nothing to do: templates and placeholders run nowhere"))
    }
    return findings
  }
}
