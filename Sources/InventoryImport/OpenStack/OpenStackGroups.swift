import EvacuationModel

/// Server groups as placement groups.
struct OpenStackGroups {
  private(set) var groups: [PlacementGroup] = []
  private(set) var findings: [Finding] = []

  /// Members that were not imported are left out, and so are groups without any member left.
  init(_ records: [ServerGroupRecord], guests: [String: VirtualMachine.ID]) {
    let names = UniqueNames(records.map { ($0.id, $0.name) })
    for record in records {
      let name = names.byID[record.id] ?? record.name
      let members = Set(record.members.compactMap { guests[$0] }).sorted()
      guard !members.isEmpty else { continue }
      guard let rule = record.rule else {
        findings.append(Self.unknownPolicy(record, name))
        continue
      }
      if record.maxServersPerHost > 1, rule.relation == .antiAffinity {
        findings.append(Self.several(record, name))
      }
      groups.append(
        PlacementGroup(
          id: PlacementGroup.ID(name), relation: rule.relation, strictness: rule.strictness,
          members: members))
    }
    groups.sort { $0.id < $1.id }
  }

  private static func unknownPolicy(_ record: ServerGroupRecord, _ name: String) -> Finding {
    Finding(
      .skippedRecord, place: name, message: "left out: the policy \"\(record.policy)\" is not known",
      help: "add the group by hand with affinity, anti-affinity or a soft- form of them")
  }

  private static func several(_ record: ServerGroupRecord, _ name: String) -> Finding {
    Finding(
      .assumption, place: name,
      message: "up to \(record.maxServersPerHost) members may share a host: soft-anti-affinity assumed",
      help: "set policy to anti-affinity if no two members may meet")
  }
}
