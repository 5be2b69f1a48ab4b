/// Virtual machines that belong together or apart.
public struct PlacementGroup: Hashable, Sendable, Identifiable {
  /// The name of a group.
  public typealias ID = Identifier<PlacementGroup>

  /// Together or apart.
  public enum Relation: String, Hashable, Sendable {
    /// All members in one place.
    case affinity
    /// No two members in one place.
    case antiAffinity = "anti-affinity"
  }

  /// Whether a plan may break it.
  public enum Strictness: String, Hashable, Sendable {
    /// Never broken by a plan.
    case hard
    /// Weighed against other wishes.
    case soft
  }

  /// What counts as one place.
  public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// One host.
    case host
    /// One rack.
    case rack
    /// One availability zone.
    case zone
  }

  /// Its name.
  public var id: ID
  /// Together or apart.
  public var relation: Relation
  /// Hard or soft.
  public var strictness: Strictness
  /// Host, rack or zone.
  public var scope: Scope
  /// The members, in the file's order.
  public var members: [VirtualMachine.ID]

  /// A group named `id`.
  public init(
    id: ID, relation: Relation, strictness: Strictness = .hard, scope: Scope = .host,
    members: [VirtualMachine.ID]
  ) {
    self.id = id
    self.relation = relation
    self.strictness = strictness
    self.scope = scope
    self.members = members
  }
}

extension Host {
  /// Which place of `scope` this host belongs to; `nil` where the inventory does not say.
  ///
  /// Hosts without a rack or zone are in no common place: neither together nor apart can be promised.
  public func place(in scope: PlacementGroup.Scope) -> String? {
    switch scope {
    case .host: id.name
    case .rack: rack
    case .zone: zone
    }
  }
}
