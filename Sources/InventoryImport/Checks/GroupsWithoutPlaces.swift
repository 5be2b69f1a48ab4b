import EvacuationModel

extension InventoryChecks {
  /// A group over racks or zones whose members' hosts do not say theirs cannot be kept or checked.
  func groupsWithoutPlaces() -> [InventoryRemark] {
    inventory.groups.enumerated().compactMap { index, group in
      let hosts = group.members.compactMap { host(of: $0) }.filter { $0.place(in: group.scope) == nil }
      guard !hosts.isEmpty else { return nil }
      let names = Set(hosts.map(\.id.name)).sorted()
      return InventoryRemark(
        .inconsistent, .element(.groups, index, .key("scope")),
        "no \(group.scope.rawValue) is known of \(counted(names.count, "host")) with members: \(listed(names))",
        help: "add `\(group.scope.rawValue):` to the hosts, or use another scope")
    }
  }
}
