import EvacuationModel

extension InventoryChecks {
  /// A group that does not hold already: the plan starts from a broken promise.
  func groupsBrokenNow() -> [InventoryRemark] {
    inventory.groups.enumerated().compactMap { index, group in
      let members = group.members.compactMap { member in
        host(of: member).flatMap { $0.place(in: group.scope) }.map { (member, $0) }
      }
      guard let message = Self.breach(group, members) else { return nil }
      return InventoryRemark(
        .groupBrokenNow, severity: group.strictness == .soft ? .note : nil, .element(.groups, index), message,
        help: "nothing to do if that is meant; a plan does not make it worse")
    }
  }

  private static func breach(
    _ group: PlacementGroup, _ members: [(VirtualMachine.ID, String)]
  ) -> String? {
    let scope = group.scope.rawValue
    switch group.relation {
    case .affinity:
      let places = Set(members.map(\.1)).sorted()
      guard places.count > 1 else { return nil }
      return "members belong on one \(scope) and run on \(places.count): \(listed(places))"
    case .antiAffinity:
      var first: [String: VirtualMachine.ID] = [:]
      for (member, place) in members {
        if let other = first[place], other != member {
          return "\(other) and \(member) belong on different \(scope)s and are both on \(shown(place))"
        }
        first[place] = member
      }
      return nil
    }
  }
}
