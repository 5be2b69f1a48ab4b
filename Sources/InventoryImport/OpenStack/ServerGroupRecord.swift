import EvacuationModel

/// A server group: members by id, one policy.
struct ServerGroupRecord {
  let id: String
  let name: String
  let policy: String
  let members: [String]
  let maxServersPerHost: Int

  init?(_ record: OpenStackRecord) {
    let fields = record.fields
    guard let name = fields.text("Name", "name") else { return nil }
    self.name = name
    id = fields.text("ID", "id") ?? name
    policy = fields.text("Policy", "policy") ?? fields.texts("Policies", "policies")?.first ?? ""
    members = fields.texts("Members", "members") ?? []
    maxServersPerHost = fields.first(["Rules", "rules"])?.count("max_server_per_host") ?? 1
  }

  /// One record for each id, by name and id; the most detailed that lists members counts.
  static func merged(_ records: [OpenStackRecord]) -> [Self] {
    var byID: [String: Self] = [:]
    for group in records.compactMap(Self.init) {
      if let known = byID[group.id], !known.members.isEmpty || group.members.isEmpty { continue }
      byID[group.id] = group
    }
    return byID.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Together or apart, hard or soft; `nil` for a policy that Nova does not have.
  var rule: (relation: PlacementGroup.Relation, strictness: PlacementGroup.Strictness)? {
    switch policy {
    case "affinity": (.affinity, .hard)
    // More than one per host cannot be said in an inventory: apart where possible comes closest.
    case "anti-affinity": (.antiAffinity, maxServersPerHost > 1 ? .soft : .hard)
    case "soft-affinity": (.affinity, .soft)
    case "soft-anti-affinity": (.antiAffinity, .soft)
    default: nil
    }
  }
}
