import EvacuationModel

extension InventoryChecks {
  /// The same two guests must be together and apart.
  func contradictoryGroups() -> [InventoryRemark] {
    PlacementGroup.Scope.allCases.flatMap { scope -> [InventoryRemark] in
      var together = UnionFind(count: inventory.virtualMachines.count)
      for group in inventory.groups
      where group.strictness == .hard && group.relation == .affinity && Self.binds(group.scope, in: scope) {
        let members = group.members.compactMap { guestIndex[$0] }
        for (a, b) in zip(members, members.dropFirst()) { together.join(a, b) }
      }
      return inventory.groups.enumerated().compactMap { index, group in
        guard group.strictness == .hard, group.relation == .antiAffinity, group.scope == scope else {
          return nil
        }
        return contradiction(index, group, &together)
      }
    }
  }

  /// Guests of one host are also in one rack and zone; a rack says nothing about zones.
  private static func binds(_ scope: PlacementGroup.Scope, in wider: PlacementGroup.Scope) -> Bool {
    scope == wider || scope == .host
  }

  private func contradiction(
    _ index: Int, _ group: PlacementGroup, _ together: inout UnionFind
  ) -> InventoryRemark? {
    var seen: [Int: VirtualMachine.ID] = [:]
    for member in group.members {
      guard let guest = guestIndex[member] else { continue }
      let set = together.root(of: guest)
      guard let other = seen[set] else {
        seen[set] = member
        continue
      }
      guard other != member else { continue }
      return InventoryRemark(
        .contradictoryGroups, .element(.groups, index),
        "\(other) and \(member) must be apart here, and together by \(affinity(of: other, member, group.scope))",
        help: "remove one of them from a group, or make a group soft")
    }
    return nil
  }

  private func affinity(
    of a: VirtualMachine.ID, _ b: VirtualMachine.ID, _ scope: PlacementGroup.Scope
  ) -> String {
    let groups = inventory.groups.filter {
      $0.strictness == .hard && $0.relation == .affinity && Self.binds($0.scope, in: scope)
    }
    if let both = groups.first(where: { $0.members.contains(a) && $0.members.contains(b) }) {
      return "group \(quoted(both.id.name))"
    }
    let ends = groups.filter { $0.members.contains(a) || $0.members.contains(b) }
    return "a chain of groups from \(ends.map { quoted($0.id.name) }.joined(separator: " to "))"
  }
}

/// Sets that grow together (with path halving).
struct UnionFind {
  private var parents: [Int]

  init(count: Int) {
    parents = Array(0..<count)
  }

  mutating func root(of element: Int) -> Int {
    var current = element
    while parents[current] != current {
      parents[current] = parents[parents[current]]
      current = parents[current]
    }
    return current
  }

  mutating func join(_ a: Int, _ b: Int) {
    parents[root(of: a)] = root(of: b)
  }
}
