import EvacuationModel

/// The proof by pigeonholes: more members of an anti-affinity group than places that may hold one.
struct PlaceProof: Sendable {
  let cluster: Cluster
  /// The hosts that may take each guest that leaves.
  let hosts: [Int: [Int]]

  /// A proof in which one of `guests` is a member.
  func proof(including guests: [Int]) -> Shortfall? {
    var seen: Set<Int> = []
    for group in guests.flatMap(cluster.groups.of)
    where group.relation == .antiAffinity && group.strictness == .hard && seen.insert(group.number).inserted {
      if let proof = proof(for: group) { return proof }
    }
    return nil
  }

  private func proof(for group: GroupIndex.Group) -> Shortfall? {
    let leaving = group.members.filter { hosts[$0] != nil }
    // Where the inventory does not say in which place a host is, nothing keeps members apart there.
    let all = cluster.inventory.hosts.indices.filter(isReceiver)
    guard all.allSatisfy({ cluster.places.place(of: $0, in: group.scope) != nil }) else { return nil }
    var open = places(Set(leaving.compactMap { hosts[$0] }.joined()), group)
    let staying = group.members.filter { cluster.homes[$0] >= 0 && !cluster.isDrained(cluster.homes[$0]) }
    var inTheWay = 0
    let taken = places(Set(staying.map { cluster.homes[$0] }), group)
    if cluster.policy.moveOthers {
      // They may give up their place, and need another.
      open.formUnion(taken)
      inTheWay = staying.count
      open.formUnion(places(Set(all), group))
    } else {
      open.subtract(taken)
    }
    guard leaving.count + inTheWay > open.count else { return nil }
    return shortfall(group, leaving: leaving, staying: inTheWay, open: open)
  }

  private func isReceiver(_ host: Int) -> Bool {
    cluster.host(host).state == .up && !cluster.isDrained(host)
  }

  private func places(_ hosts: Set<Int>, _ group: GroupIndex.Group) -> Set<Int> {
    Set(hosts.compactMap { cluster.places.place(of: $0, in: group.scope) })
  }

  private func shortfall(
    _ group: GroupIndex.Group, leaving: [Int], staying: Int, open: Set<Int>
  ) -> Shortfall {
    let needed = leaving.count + staying
    let short = needed - open.count
    let scope = open.count == 1 ? group.scope.rawValue : group.scope.rawValue + "s"
    let members = leaving.count == 1 ? "1 member" : "\(leaving.count) members"
    let left = cluster.policy.moveOthers ? "" : " without one"
    let others = staying > 0 ? " and \(staying) more \(staying == 1 ? "has" : "have") to be somewhere" : ""
    let hostNumbers = Set(leaving.compactMap { hosts[$0] }.joined()).sorted()
    return Shortfall(
      resource: .places, shortBy: Int64(short), needed: Int64(needed), available: Int64(open.count),
      hosts: hostNumbers.map { cluster.host($0).id }, vms: leaving.map { cluster.vm($0).id },
      message:
        "\(members) of anti-affinity group \(group.id) \(leaving.count == 1 ? "has" : "have") to leave\(others), "
        + "and there \(open.count == 1 ? "is" : "are") \(open.count) \(scope)\(left) that could take them: "
        + "\(short) \(short == 1 ? "stays" : "stay")")
  }
}
