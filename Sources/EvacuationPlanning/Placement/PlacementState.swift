import EvacuationModel
import Quantities

/// What is free where while destinations are being chosen; placing and taking back are exact opposites.
struct PlacementState: HostRoom {
  let cluster: Cluster
  private(set) var freeMemory: [ByteCount]
  private(set) var freeCPUs: [Int]
  /// Only pools whose free space the inventory tells.
  private(set) var freeSpace: [[Datastore.ID: ByteCount]]
  /// Free memory of the hosts that stay, beyond what `keep_free: {hosts: n}` asks for.
  private(set) var spareHeadroom: ByteCount
  /// The destination of each virtual machine placed so far.
  private(set) var destinations: [Int: Int] = [:]
  private var arrivals: [[Int]]
  /// Of the groups that have a member to move, by number.
  private var occupancies: [Int: GroupOccupancy] = [:]

  init(_ cluster: Cluster) {
    self.cluster = cluster
    let hosts = cluster.inventory.hosts
    freeMemory = hosts.indices.map { host in
      cluster.offers[host].memory - cluster.residents[host].map(cluster.memory).sum()
    }
    freeCPUs = hosts.indices.map { host in
      cluster.residents[host].reduce(cluster.offers[host].cpus) { free, vm in
        free.subtractingReportingOverflow(cluster.vcpus(vm)).partialValue
      }
    }
    freeSpace = hosts.map { host in
      Dictionary(
        host.storage.compactMap { entry in
          guard cluster.datastores[entry.datastore]?.kind == .local, let free = entry.free else { return nil }
          return (entry.datastore, free)
        }, uniquingKeysWith: { first, _ in first })
    }
    arrivals = [[Int]](repeating: [], count: hosts.count)
    spareHeadroom = .zero
    if case .hosts(let count) = cluster.policy.capacity.keepFree, count > 0 {
      let staying = hosts.indices.filter { hosts[$0].state == .up && !cluster.isDrained($0) }
      let largest = staying.map { cluster.offers[$0].memory }.sorted(by: >).prefix(count)
      spareHeadroom = staying.map { max(freeMemory[$0], .zero) }.sum() - largest.sum()
    }
    let leaving = Set(cluster.leaving)
    for group in cluster.leaving.flatMap(cluster.groups.of) where occupancies[group.number] == nil {
      occupancies[group.number] = Self.occupancy(of: group, in: cluster, leaving: leaving)
    }
  }

  private static func occupancy(
    of group: GroupIndex.Group, in cluster: Cluster, leaving: Set<Int>
  ) -> GroupOccupancy {
    var homes: [Int: Int] = [:]
    for member in group.members where cluster.homes[member] >= 0 {
      homes[member] = cluster.places.place(of: cluster.homes[member], in: group.scope)
    }
    return GroupOccupancy(members: group.members, homes: homes, leaving: leaving)
  }

  func spareHeadroom(with vm: Int, on host: Int) -> ByteCount { spareHeadroom - cluster.memory(vm) }

  mutating func place(_ vm: Int, on host: Int) {
    change(vm, on: host, by: -1)
    destinations[vm] = host
    arrivals[host].append(vm)
    for group in cluster.groups.of(vm) {
      guard let place = cluster.places.place(of: host, in: group.scope) else { continue }
      occupancies[group.number]?.settle(vm, in: place)
    }
  }

  mutating func takeBack(_ vm: Int) {
    guard let host = destinations.removeValue(forKey: vm) else { return }
    change(vm, on: host, by: 1)
    arrivals[host].removeAll { $0 == vm }
    for group in cluster.groups.of(vm) {
      guard let place = cluster.places.place(of: host, in: group.scope) else { continue }
      occupancies[group.number]?.unsettle(vm, from: place)
    }
  }

  /// Gives `vm` up: others have to do with its being where it is.
  mutating func keepHome(_ vm: Int) {
    for group in cluster.groups.of(vm) {
      guard let place = cluster.places.place(of: cluster.homes[vm], in: group.scope) else { continue }
      occupancies[group.number]?.settle(vm, in: place)
    }
  }

  /// Takes back that `vm` was given up.
  mutating func leaveHome(_ vm: Int) {
    for group in cluster.groups.of(vm) {
      guard let place = cluster.places.place(of: cluster.homes[vm], in: group.scope) else { continue }
      occupancies[group.number]?.unsettle(vm, from: place)
    }
  }

  private mutating func change(_ vm: Int, on host: Int, by sign: Int) {
    let amount = cluster.memory(vm) * Double(sign)
    freeMemory[host] += amount
    spareHeadroom += amount
    freeCPUs[host] = freeCPUs[host].addingReportingOverflow(sign * cluster.vcpus(vm)).partialValue
    for (pool, size) in cluster.guests.localSpace(of: vm) {
      if let free = freeSpace[host][pool] { freeSpace[host][pool] = free + size * Double(sign) }
    }
  }

  /// The virtual machines placed on `host` so far, by number.
  func arrivals(on host: Int) -> [Int] { arrivals[host].sorted() }

  /// Whether nobody is on `host`, nor will be.
  func isEmpty(_ host: Int) -> Bool { cluster.residents[host].isEmpty && arrivals[host].isEmpty }

  /// A member of `group` other than `vm` that is or will be in the same place as `host`.
  func member(of group: GroupIndex.Group, besides vm: Int, inPlaceOf host: Int) -> Int? {
    guard let place = cluster.places.place(of: host, in: group.scope) else { return nil }
    return occupancies[group.number]?.other(than: vm, in: place)
  }

  /// A member of `group` other than `vm` that stays or has been placed, in another place than `host`.
  func member(of group: GroupIndex.Group, besides vm: Int, settledElsewhereThan host: Int) -> Int? {
    occupancies[group.number]?.other(
      than: vm, settledElsewhereThan: cluster.places.place(of: host, in: group.scope))
  }
}
