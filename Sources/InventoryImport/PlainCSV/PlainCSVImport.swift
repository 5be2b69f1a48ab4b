import EvacuationModel
import Quantities

/// An inventory from evac's own CSV: a table of hosts and one of guests.
public enum PlainCSVImport {
  /// Puts the tables in `files` together; they are known by their columns.
  public static func picture(
    from files: [(path: String, bytes: [UInt8])], name: String
  ) -> ImportedPicture {
    var tables = PlainTables()
    for file in files.sorted(by: { $0.path < $1.path }) { tables.read(file.path, file.bytes) }
    return tables.picture(name: name)
  }
}

/// All hosts and guests of the tables.
struct PlainTables {
  private var hosts: [Host] = []
  private var guests: [VirtualMachine] = []
  private var guestRows: [Overlay.Guest] = []
  private var groups: [String: (relation: PlacementGroup.Relation, members: [VirtualMachine.ID])] = [:]
  private var findings: [Finding] = []
  private var assumptions = Assumptions()
  private var settings = ImportedSettings()
  private var ratios: [String: Set<Double>] = [:]

  mutating func read(_ path: String, _ bytes: [UInt8]) {
    let table: ListingTable
    do throws(SyntaxError) {
      table = try ListingTable(bytes, path: path)
    } catch {
      return findings.append(error.finding(path: path, bytes: bytes))
    }
    guard table.has("name") else {
      return findings.append(
        ListingFindings.unknown(
          path, "has no column `name`",
          help: "the columns are in docs/import.md; leave the file out if it is another"))
    }
    let isAboutHosts = PlainColumns.isAboutHosts(table)
    for row in table.rows {
      var row = PlainRow(row, path: path)
      if isAboutHosts { addHost(&row) } else { addGuest(&row) }
      findings += row.findings
    }
  }

  private mutating func addHost(_ row: inout PlainRow) {
    guard let name = row.text("name") else {
      return row.report(.missingKey, "`name` is empty", help: "name the host")
    }
    let memory = row.amount("ram_mib", unit: 0x1p20)
    guard let cpus = row.processors("cpus"), let memory, memory > .zero else {
      return row.report(
        .missingKey, "\(quoted(name)) needs `cpus` and `ram_mib`", help: "write how many CPUs and MiB it has")
    }
    let bandwidth = PlainColumns.bandwidth(&row)
    if bandwidth == nil { assumptions.add(PlainAssumptions.bandwidth, about: name) }
    let reserved = row.amount("reserved_ram_mib", unit: 0x1p20)
    if reserved == nil { assumptions.add(PlainAssumptions.reserved, about: name) }
    for key in ["cpu_ratio", "ram_ratio"] {
      if let ratio = row.number(key), (0.1...1000).contains(ratio) { ratios[key, default: []].insert(ratio) }
    }
    hosts.append(
      Host(
        id: Host.ID(name), state: row.choice("state") ?? .up, cpus: cpus, memory: memory,
        reservedMemory: min(reserved ?? ImportDefaults.reservedMemory, memory),
        migrationBandwidth: bandwidth ?? ImportDefaults.migrationBandwidth, cpuModel: row.text("cpu_model"),
        zone: row.text("zone"), rack: row.text("rack")))
  }

  private mutating func addGuest(_ row: inout PlainRow) {
    guard let name = row.text("name") else {
      return row.report(.missingKey, "`name` is empty", help: "name the guest")
    }
    guard let host = row.text("host"), let vcpus = row.processors("vcpus"),
      let memory = row.amount("ram_mib", unit: 0x1p20), memory > .zero
    else {
      return row.report(
        .missingKey, "\(quoted(name)) needs `host`, `vcpus` and `ram_mib`", help: "fill the cells")
    }
    let id = VirtualMachine.ID(name)
    let known = PlainColumns.guest(&row)
    guestRows.append(known)
    for (column, relation) in [
      ("anti_affinity_group", PlacementGroup.Relation.antiAffinity), ("affinity_group", .affinity),
    ] {
      if let group = row.text(column) {
        groups["\(group)\u{0}\(column)", default: (relation, [])].members.append(id)
      }
    }
    let rule = PlainColumns.rule(&row)
    if !rule.isEmpty {
      settings.addRule(
        ["match: { name: \(YAMLScalar.text(PlainGlob.text(name))) }"] + rule,
        source: "\(row.path) \(row.place)")
    }
    guests.append(
      VirtualMachine(
        id: id, platformID: known.id, host: Host.ID(host), state: row.choice("state") ?? .running,
        vcpus: vcpus,
        memory: memory, memoryTouched: known.touched.map { min($0, memory) }, cpuModel: row.text("cpu_model"),
        zone: row.text("zone"), disks: disks(&row, known, name: name),
        memoryActivity: MemoryActivity(
          intensity: known.intensity, dirtyRates: known.dirtyRates,
          workingSet: known.workingSet.map { min($0, memory) }),
        devices: known.devices, labels: Labels(known.labels), migrationBandwidthLimit: known.bandwidthLimit))
  }

  private mutating func disks(
    _ row: inout PlainRow, _ known: Overlay.Guest, name: String
  ) -> [VirtualDisk] {
    guard let size = row.amount("disk_gib", unit: 0x1p30), size > .zero else { return [] }
    if known.isShared == nil { assumptions.add(PlainAssumptions.locality, about: name) }
    let used = row.amount("disk_used_gib", unit: 0x1p30)
    return [
      VirtualDisk(
        name: "vda", datastore: Datastore.ID(known.isShared == true ? "shared" : "local"), size: size,
        used: used.map { min($0, size) }, writeRate: known.diskWriteRates[""] ?? .zero)
    ]
  }

  func picture(name: String) -> ImportedPicture {
    var remarks = findings
    let known = Set(hosts.map(\.id))
    let lost = guests.filter { !known.contains($0.host) }
    if hosts.isEmpty {
      remarks.append(
        Finding(
          .missingListing, message: "no hosts were found",
          help: "give a table with the columns name, cpus, ram_mib"))
    }
    for guest in lost {
      remarks.append(
        Finding(
          .skippedRecord, place: guest.id.name,
          message: "left out: its host \(shown(guest.host.name)) is in no table",
          help: "add the host, or correct the name"))
    }
    let placed = guests.filter { known.contains($0.host) }
    let names = Set(placed.map(\.id))
    let used = Set(placed.flatMap { $0.disks.map(\.datastore) })
    let pools = [
      Datastore(id: Datastore.ID("local"), kind: .local),
      Datastore(id: Datastore.ID("shared"), kind: .shared),
    ].filter {
      used.contains($0.id)
    }
    let inventory = Inventory(
      name: name, datastores: pools,
      hosts: hosts.map { host in
        var host = host
        host.storage = pools.map { HostStorage(datastore: $0.id) }
        return host
      }, virtualMachines: placed, groups: placementGroups(names))
    return ImportedPicture(
      inventory: inventory, remarks: remarks, assumptions: assumptions, workload: PlainAssumptions.workload,
      settings: allSettings)
  }

  private func placementGroups(_ names: Set<VirtualMachine.ID>) -> [PlacementGroup] {
    var taken: Set<String> = []
    return groups.sorted { $0.key < $1.key }.compactMap { key, group in
      let members = Set(group.members).intersection(names).sorted()
      guard !members.isEmpty else { return nil }
      let base = String(key.prefix { $0 != "\u{0}" })
      let name = taken.insert(base).inserted ? base : "\(base) (\(group.relation.rawValue))"
      taken.insert(name)
      return PlacementGroup(id: PlacementGroup.ID(name), relation: group.relation, members: members)
    }
  }

  /// An inventory has no ratios; a policy has one for all hosts, so the most careful of them.
  private var allSettings: ImportedSettings {
    var settings = settings
    for (column, key) in [("cpu_ratio", "cpu_overcommit"), ("ram_ratio", "memory_overcommit")] {
      guard let all = ratios[column], let least = all.min() else { continue }
      settings.set(
        "capacity", key, "\(least)", source: all.count > 1 ? "the least \(column) of all hosts" : column)
    }
    return settings
  }
}

/// What a table leaves out.
enum PlainAssumptions {
  static let bandwidth = Assumption.Kind.migrationBandwidth(
    "the table", help: "fill the column migration_mbps")
  static let reserved = Assumption.Kind.reservedMemory("the table")
  static let locality = Assumption.Kind(
    topic: .diskLocality, noun: "VM", message: "disk_location of {} is empty: local assumed: {names}",
    help: "write shared or local")
  static let workload = Assumption.Kind.workload(
    measure: "fill the columns dirty_mib_s (over 1 s) and dirty_mib_s_10s, or write_intensity")
}
