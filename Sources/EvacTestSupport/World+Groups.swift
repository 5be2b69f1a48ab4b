import EvacuationModel
import Quantities

extension World {
  /// Groups that hold where their members run: one for every two hosts, no guest in two of them.
  mutating func addGroups() {
    var free: [Int: [VirtualMachine.ID]] = [:]
    var indexOfHost: [Host.ID: Int] = [:]
    for (index, host) in inventory.hosts.enumerated() { indexOfHost[host.id] = index }
    for vm in inventory.virtualMachines {
      if let index = indexOfHost[vm.host] { free[index, default: []].append(vm.id) }
    }
    for number in 0..<(hostCount / 2) {
      let name = Self.numbered("group", number)
      var draw = stream(name)
      let scope = draw.pick([PlacementGroup.Scope.host, .host, .rack, .zone])
      let relation = draw.chance(0.75) ? PlacementGroup.Relation.antiAffinity : .affinity
      let first = draw.integer(in: 0...(hostCount - 1))
      let hosts =
        relation == .antiAffinity
        ? apart(scope, from: first, count: draw.integer(in: 2...4))
        : together(scope, with: first, count: draw.integer(in: 2...3))
      let members = hosts.compactMap { host -> VirtualMachine.ID? in
        free[host].flatMap { $0.isEmpty ? nil : $0[0] }.map { id in
          free[host]?.removeFirst()
          return id
        }
      }
      guard members.count > 1 else { continue }
      inventory.groups.append(
        PlacementGroup(
          id: .init(name), relation: relation, strictness: draw.chance(0.8) ? .hard : .soft, scope: scope,
          members: members))
    }
  }

  private func place(_ scope: PlacementGroup.Scope, of host: Int) -> Int {
    switch scope {
    case .host: host
    case .rack: Self.rack(host)
    case .zone: Self.zone(host)
    }
  }

  private func apart(_ scope: PlacementGroup.Scope, from first: Int, count: Int) -> [Int] {
    var hosts: [Int] = []
    var taken: Set<Int> = []
    for offset in 0..<hostCount where hosts.count < count {
      let host = (first + offset) % hostCount
      if taken.insert(place(scope, of: host)).inserted { hosts.append(host) }
    }
    return hosts
  }

  private func together(_ scope: PlacementGroup.Scope, with first: Int, count: Int) -> [Int] {
    let same = (0..<hostCount).filter { place(scope, of: $0) == place(scope, of: first) }
    return (0..<count).map { same[$0 % same.count] }
  }
}
