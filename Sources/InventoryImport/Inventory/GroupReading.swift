import EvacuationModel

extension InventoryReader {
  /// The four words for a group's policy: relation and strictness in one.
  private enum GroupPolicy: String, CaseIterable {
    case affinity
    case antiAffinity = "anti-affinity"
    case softAffinity = "soft-affinity"
    case softAntiAffinity = "soft-anti-affinity"

    var relation: PlacementGroup.Relation {
      self == .affinity || self == .softAffinity ? .affinity : .antiAffinity
    }

    var strictness: PlacementGroup.Strictness {
      self == .affinity || self == .antiAffinity ? .hard : .soft
    }
  }

  static func group(_ fields: Fields) -> PlacementGroup {
    let id = PlacementGroup.ID(fields.required("name", example: "etcd")?.name() ?? "")
    let policy: GroupPolicy = fields.required("policy", example: "anti-affinity")?.choice() ?? .softAffinity
    return PlacementGroup(
      id: id, relation: policy.relation, strictness: policy.strictness,
      scope: fields["scope"]?.choice() ?? .host,
      members: fields.required("members", example: "[etcd-1, etcd-2]")?.strings().map {
        VirtualMachine.ID($0)
      } ?? [])
  }
}
