import EvacuationModel

extension InventoryChecks {
  /// An anti-affinity group with more members than there are places can never be kept.
  func crowdedGroups() -> [InventoryRemark] {
    let counts = Dictionary(
      uniqueKeysWithValues: PlacementGroup.Scope.allCases.map { scope in
        (scope, Set(inventory.hosts.compactMap { $0.place(in: scope) }).count)
      })
    return inventory.groups.enumerated().compactMap { index, group in
      guard group.strictness == .hard, group.relation == .antiAffinity else { return nil }
      let places = counts[group.scope] ?? 0
      let members = Set(group.members).count
      // Without any racks or zones the group is remarked upon for that.
      guard places > 0, members > places else { return nil }
      return InventoryRemark(
        .contradictoryGroups, .element(.groups, index, .key("members")),
        "\(members) members must be apart, and there \(places == 1 ? "is" : "are") only "
          + counted(places, group.scope.rawValue),
        help: "take members out, make the group soft, or give it a finer scope")
    }
  }
}
