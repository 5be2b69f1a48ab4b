import EvacuationModel
import Quantities

/// Where everybody is while hosts are emptied one after the other. A guest that moves holds its room on both hosts;
/// of guests that must go together, room for all is held from the start of the first.
struct RollingState: HostRoom {
  private static let nowhere = -1

  let cluster: Cluster
  private(set) var freeMemory: [ByteCount]
  private(set) var freeCPUs: [Int]
  private(set) var freeSpace: [[Datastore.ID: ByteCount]]
  /// The host of each guest, until the end of its migration the one that it leaves; -1 where it has none.
  private(set) var hostOf: [Int]
  /// Where room is held for it while it moves or waits for its turn.
  private var bookedOn: [Int]
  /// The guests that have not left yet, by host.
  private(set) var residents: [[Int]]
  /// Guests for whom room is held, by host.
  private(set) var expected: [Int]
  /// Whether a host is up and neither closed nor out.
  private(set) var isInService: [Bool]
  /// Free memory of the hosts in service, and what `keep_free: {hosts: n}` asks of them.
  private var serviceFree = ByteCount.zero
  private var reserve = ByteCount.zero

  init(_ cluster: Cluster) {
    self.cluster = cluster
    let start = PlacementState(cluster)
    freeMemory = start.freeMemory
    freeCPUs = start.freeCPUs
    freeSpace = start.freeSpace
    hostOf = cluster.homes
    bookedOn = cluster.homes.map { _ in Self.nowhere }
    residents = cluster.residents
    expected = residents.map { _ in 0 }
    isInService = cluster.inventory.hosts.map { $0.state == .up }
    for host in isInService.indices where isInService[host] { serviceFree += max(freeMemory[host], .zero) }
    reserve = reserveNeeded()
  }

  /// Where `vm` goes, if room is held for it somewhere.
  func booking(of vm: Int) -> Int? { bookedOn[vm] == Self.nowhere ? nil : bookedOn[vm] }

  /// Holds room for `vm` on `host`.
  mutating func book(_ vm: Int, on host: Int) {
    bookedOn[vm] = host
    expected[host] += 1
    change(vm, on: host, by: -1)
  }

  /// Gives back the room that was held for `vm`, which does not go.
  mutating func cancel(_ vm: Int) {
    guard let host = booking(of: vm) else { return }
    change(vm, on: host, by: 1)
    expected[host] -= 1
    bookedOn[vm] = Self.nowhere
  }

  /// Lets `vm` be where room was held for it.
  mutating func arrive(_ vm: Int) {
    guard let host = booking(of: vm) else { return }
    let source = hostOf[vm]
    change(vm, on: source, by: 1)
    residents[source].removeAll { $0 == vm }
    residents[host].append(vm)
    expected[host] -= 1
    hostOf[vm] = host
    bookedOn[vm] = Self.nowhere
  }

  private mutating func change(_ vm: Int, on host: Int, by sign: Int) {
    let before = max(freeMemory[host], .zero)
    freeMemory[host] += ByteCount(bytes: cluster.memory(vm).bytes * Int64(sign))
    if isInService[host] { serviceFree += max(freeMemory[host], .zero) - before }
    freeCPUs[host] = freeCPUs[host].addingReportingOverflow(sign * cluster.vcpus(vm)).partialValue
    for pool in cluster.guests.localSpace(of: vm) {
      guard let free = freeSpace[host][pool.pool] else { continue }
      freeSpace[host][pool.pool] =
        free + ByteCount(bytes: space(of: vm, in: pool, on: host).bytes * Int64(sign))
    }
  }

  /// At home what its disks have allocated, elsewhere what they may grow to.
  private func space(
    of vm: Int, in pool: (pool: Datastore.ID, size: ByteCount), on host: Int
  ) -> ByteCount {
    guard host == cluster.homes[vm], bookedOn[vm] != host else { return pool.size }
    return cluster.vm(vm).disks.filter { $0.datastore == pool.pool }.map(\.allocated).sum()
  }

  // MARK: Service

  /// Whether the hosts in service keep their headroom without `host`.
  func keepsHeadroom(without host: Int) -> Bool {
    guard isInService[host], case .hosts(let count) = cluster.policy.capacity.keepFree, count > 0 else {
      return true
    }
    return serviceFree - max(freeMemory[host], .zero) >= reserveNeeded(without: host)
  }

  mutating func setInService(_ host: Int, _ isIn: Bool) {
    let isIn = isIn && cluster.host(host).state == .up
    guard isInService[host] != isIn else { return }
    isInService[host] = isIn
    let free = max(freeMemory[host], .zero)
    serviceFree = isIn ? serviceFree + free : serviceFree - free
    reserve = reserveNeeded()
  }

  private func reserveNeeded(without excluded: Int? = nil) -> ByteCount {
    guard case .hosts(let count) = cluster.policy.capacity.keepFree, count > 0 else { return .zero }
    let sizes = isInService.indices.lazy.filter { isInService[$0] && $0 != excluded }
      .map { cluster.offers[$0].memory }
    return sizes.sorted(by: >).prefix(count).sum()
  }

  func spareHeadroom(with vm: Int, on host: Int) -> ByteCount {
    let left = serviceFree - reserve
    guard isInService[host] else { return left }
    return left + max(freeMemory[host] - cluster.memory(vm), .zero) - max(freeMemory[host], .zero)
  }

  // MARK: Groups

  func member(of group: GroupIndex.Group, besides vm: Int, inPlaceOf host: Int) -> Int? {
    guard let place = cluster.places.place(of: host, in: group.scope) else { return nil }
    return group.members.first { member in
      member != vm
        && (isPlaced(hostOf[member], in: place, group) || isPlaced(bookedOn[member], in: place, group))
    }
  }

  private func isPlaced(_ host: Int, in place: Int, _ group: GroupIndex.Group) -> Bool {
    host >= 0 && cluster.places.place(of: host, in: group.scope) == place
  }

  /// Guests that must share a host leave it one after the other for the same one; those that must share a rack or
  /// zone never leave it.
  func member(of group: GroupIndex.Group, besides vm: Int, settledElsewhereThan host: Int) -> Int? {
    let place = cluster.places.place(of: host, in: group.scope)
    return group.members.first { member in
      guard member != vm else { return false }
      let at = bookedOn[member] >= 0 ? bookedOn[member] : (group.scope == .host ? host : hostOf[member])
      return at >= 0 && cluster.places.place(of: at, in: group.scope) != place
    }
  }
}
