import EvacuationModel

/// Placement groups by number, and which of them each virtual machine belongs to.
struct GroupIndex: Sendable {
  struct Group: Sendable {
    let id: PlacementGroup.ID
    let relation: PlacementGroup.Relation
    let strictness: PlacementGroup.Strictness
    let scope: PlacementGroup.Scope
    let members: [Int]
    /// Broken where the members are now: a plan need not mend it, and cannot be blamed for it.
    let isBrokenNow: Bool
  }

  let groups: [Group]
  private let byVM: [Int: [Int]]

  init(_ inventory: Inventory, homes: [Int]) {
    let numbers = Dictionary(
      inventory.virtualMachines.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var groups: [Group] = []
    var byVM: [Int: [Int]] = [:]
    for group in inventory.groups {
      let members = group.members.compactMap { numbers[$0] }
      let places = members.map { homes[$0] >= 0 ? inventory.hosts[homes[$0]].place(in: group.scope) : nil }
      groups.append(
        Group(
          id: group.id, relation: group.relation, strictness: group.strictness, scope: group.scope,
          members: members,
          isBrokenNow: group.relation == .affinity && Set(places).count > 1))
      for member in members { byVM[member, default: []].append(groups.count - 1) }
    }
    self.groups = groups
    self.byVM = byVM
  }

  /// The groups of `vm`.
  func of(_ vm: Int) -> [Group] { (byVM[vm] ?? []).map { groups[$0] } }

  /// The virtual machines among `candidates` that must move to the same host as `vm`, itself included.
  func bundle(of vm: Int, among candidates: Set<Int>) -> [Int] {
    var bundle = [vm]
    var seen: Set<Int> = [vm]
    var next = 0
    while next < bundle.count {
      for group in of(bundle[next])
      where group.relation == .affinity && group.strictness == .hard && group.scope == .host
        && !group.isBrokenNow
      {
        for member in group.members where candidates.contains(member) && seen.insert(member).inserted {
          bundle.append(member)
        }
      }
      next += 1
    }
    return bundle.sorted()
  }
}
