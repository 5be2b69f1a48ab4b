import EvacuationModel
import Quantities

/// HA rules and groups, tags of ProxLB, and the settings of the data center.
struct ProxmoxRules {
  private(set) var groups: [PlacementGroup] = []
  private(set) var assumptions = Assumptions()
  private(set) var settings: ImportedSettings
  private let names: [Int: VirtualMachine.ID]

  init(_ files: ProxmoxFiles, guests: ProxmoxGuests) {
    names = guests.names
    settings = guests.settings
    for record in files[.options] { read(record.fields) }
    for record in files[.rule].map(\.fields) where record.number("disable") != 1 { addRule(record) }
    addGroups(files)
    addTags(guests.virtualMachines)
    if guests.virtualMachines.contains(where: { $0.labels["type"] == "lxc" }) {
      settings.addRule(
        ["match: { labels: { type: lxc } }", "modes: [cold]"], source: "containers restart when they move")
    }
    groups.sort { $0.id < $1.id }
  }

  private mutating func addRule(_ rule: JSONValue) {
    let name = rule.text("rule", "id") ?? "rule"
    let members = members(rule.texts("resources") ?? [])
    guard !members.isEmpty else { return }
    if let affinity = rule.text("affinity") {
      groups.append(
        PlacementGroup(
          id: newID(name), relation: affinity == "negative" ? .antiAffinity : .affinity, members: members))
    } else {
      addHome(name, rule.texts("nodes") ?? [], isStrict: rule.number("strict") == 1, members)
    }
  }

  /// `pve1:2,pve2:1`: nodes with priorities.
  private mutating func addHome(
    _ name: String, _ nodes: [String], isStrict: Bool, _ members: [VirtualMachine.ID]
  ) {
    guard isStrict else { return assumptions.add(ProxmoxAssumptions.preferredNodes, about: name) }
    let hosts = nodes.map { String($0.prefix { $0 != ":" }) }
    for member in members {
      settings.addRule(
        [
          "match: { name: \(YAMLScalar.text(PlainGlob.text(member.name))) }",
          "destinations: \(InventoryText.list(hosts))",
        ], source: "HA rule \(name)")
    }
  }

  /// Up to release 8 a group names the nodes and each resource its group.
  private mutating func addGroups(_ files: ProxmoxFiles) {
    for group in files[.group].map(\.fields) {
      guard let name = group.text("group") else { continue }
      let own = files[.resource].map(\.fields).filter { $0.text("group") == name }
      let members = members(own.compactMap { $0.text("sid") })
      guard !members.isEmpty else { continue }
      addHome(name, group.texts("nodes") ?? [], isStrict: group.number("restricted") == 1, members)
    }
  }

  /// ProxLB's tags: `plb_affinity_NAME` and `plb_anti_affinity_NAME`; its balancer keeps them where it can.
  private mutating func addTags(_ guests: [VirtualMachine]) {
    let prefixes: [(String, PlacementGroup.Relation)] = [
      ("tag.plb_anti_affinity_", .antiAffinity), ("tag.plb_affinity_", .affinity),
    ]
    var tagged: [String: (PlacementGroup.Relation, [VirtualMachine.ID])] = [:]
    for guest in guests {
      for label in guest.labels.pairs {
        for (prefix, relation) in prefixes where label.key.hasPrefix(prefix) {
          tagged[String(label.key.dropFirst("tag.".count)), default: (relation, [])].1.append(guest.id)
        }
      }
    }
    for (tag, (relation, members)) in tagged.sorted(by: { $0.key < $1.key }) {
      groups.append(
        PlacementGroup(id: newID(tag), relation: relation, strictness: .soft, members: members.sorted()))
    }
  }

  private func newID(_ name: String) -> PlacementGroup.ID {
    let taken = Set(groups.map(\.id.name))
    guard taken.contains(name) else { return PlacementGroup.ID(name) }
    return PlacementGroup.ID((2...).lazy.map { "\(name) \($0)" }.first { !taken.contains($0) } ?? name)
  }

  private func members(_ resources: [String]) -> [VirtualMachine.ID] {
    let numbers = resources.compactMap { $0.split(separator: ":").last.flatMap { Int($0) } }
    return Set(numbers.compactMap { names[$0] }).sorted()
  }

  /// datacenter.cfg, or `/cluster/options`, where the same are objects.
  private mutating func read(_ options: JSONValue) {
    let migration = Self.pairs(options, "migration")
    if let type = migration["type"] ?? migration[""] {
      settings.set(
        "network", "ssh_tunnel", type == "insecure" ? "false" : "true", source: "migration: type=\(type)")
    }
    if let workers = options.count("max_workers"), workers > 0 {
      settings.set(
        "concurrency", "max_concurrent_live_migrations", "\(workers)",
        source: "max_workers, of migrateall and HA")
    }
    let limits = Self.pairs(options, "bwlimit")
    if let limit = (limits["migration"] ?? limits["default"]).flatMap(Double.init), limit > 0, limit < 1e12 {
      settings.set(
        "network", "bandwidth_limit_per_migration",
        ExactQuantity.text(DataRate(bytesPerSecond: limit * 1024)), source: "bwlimit, in KiB/s")
    }
  }

  private static func pairs(_ options: JSONValue, _ key: String) -> [String: String] {
    guard let value = options.first([key]) else { return [:] }
    if case .object(let members) = value { return members.compactMapValues(\.text) }
    return value.text.map { ProxmoxText.options($0) } ?? [:]
  }
}
