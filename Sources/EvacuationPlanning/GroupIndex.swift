import EvacuationModel

/// Placement groups by number, and which of them each virtual machine belongs to.
struct GroupIndex: Sendable {
  struct Group: Sendable {
    let number: Int
    let id: PlacementGroup.ID
    let relation: PlacementGroup.Relation
    let strictness: PlacementGroup.Strictness
    let scope: PlacementGroup.Scope
    /// Each once, in the group's order.
    let members: [Int]
    /// An affinity group whose members are in several places now: a plan need not bring them together, and cannot
    /// be blamed for it.
    let isBrokenNow: Bool

    /// Whether its members have to be in one place.
    var bindsTogether: Bool { relation == .affinity && strictness == .hard && !isBrokenNow }
  }

  private let byVM: [[Group]]

  init(_ inventory: Inventory, homes: [Int], places: PlaceIndex) {
    let numbers = inventory.groups.isEmpty ? [:] : firstNumbers(inventory.virtualMachines.map(\.id))
    var byVM = [[Group]](repeating: [], count: inventory.virtualMachines.count)
    for (number, group) in inventory.groups.enumerated() {
      var seen: Set<Int> = []
      let members = group.members.compactMap { numbers[$0] }.filter { seen.insert($0).inserted }
      let occupied = members.compactMap { member in
        homes[member] >= 0 ? places.place(of: homes[member], in: group.scope) : nil
      }
      let entry = Group(
        number: number, id: group.id, relation: group.relation, strictness: group.strictness,
        scope: group.scope, members: members,
        isBrokenNow: group.relation == .affinity && Set(occupied).count > 1)
      for member in members { byVM[member].append(entry) }
    }
    self.byVM = byVM
  }

  /// The groups of `vm`.
  func of(_ vm: Int) -> [Group] { byVM[vm] }

  /// The virtual machines among `candidates` that must move to the same host as `vm`, itself included.
  func bundle(of vm: Int, among candidates: Set<Int>) -> [Int] {
    var bundle = [vm]
    var seen: Set<Int> = [vm]
    var visited: Set<Int> = []
    var next = 0
    while next < bundle.count {
      for group in of(bundle[next])
      where group.bindsTogether && group.scope == .host && visited.insert(group.number).inserted {
        bundle += group.members.filter { candidates.contains($0) && seen.insert($0).inserted }
      }
      next += 1
    }
    return bundle.sorted()
  }
}
