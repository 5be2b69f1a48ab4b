import EvacuationModel
import Quantities

/// One guest's way from host to host.
struct SequenceStep: Hashable, Sendable {
  let vm: Int
  let source: Int
  let destination: Int
}

/// Where every guest is after moves that follow one another: a move has to fit when all before it have ended.
///
/// Taking moves back is the exact opposite of making them.
struct SequenceState: HostRoom {
  let cluster: Cluster
  private(set) var steps: [SequenceStep] = []
  private(set) var freeMemory: [ByteCount]
  private(set) var freeCPUs: [Int]
  private(set) var freeSpace: [[Datastore.ID: ByteCount]]
  /// Free memory of the hosts that stay, beyond what `keep_free: {hosts: n}` asks for.
  private var spareHeadroom: ByteCount
  /// The host of each guest, -1 where the inventory has none of that name.
  private(set) var hostOf: [Int]
  /// The guests on each host, by number.
  private(set) var residents: [[Int]]
  private let stays: [Bool]
  private var givenUp: Set<Int> = []

  init(_ cluster: Cluster) {
    self.cluster = cluster
    let start = PlacementState(cluster)
    freeMemory = start.freeMemory
    freeCPUs = start.freeCPUs
    freeSpace = start.freeSpace
    spareHeadroom = start.spareHeadroom
    hostOf = cluster.homes
    residents = cluster.residents.map { $0.sorted() }
    stays = cluster.inventory.hosts.indices.map {
      cluster.host($0).state == .up && !cluster.isDrained($0)
    }
  }

  mutating func move(_ vm: Int, to host: Int) {
    steps.append(SequenceStep(vm: vm, source: hostOf[vm], destination: host))
    put(vm, on: host)
  }

  /// Takes moves back until `count` of them are left.
  mutating func takeBack(to count: Int) {
    while steps.count > count, let last = steps.popLast() { put(last.vm, on: last.source) }
  }

  /// Others have to do with its being where it is.
  mutating func giveUp(_ vm: Int) { givenUp.insert(vm) }

  /// Keeps memory on `host` from others, or gives it back where `amount` is negative.
  mutating func reserve(_ amount: ByteCount, on host: Int) { freeMemory[host] -= amount }

  private mutating func put(_ vm: Int, on host: Int) {
    spareHeadroom = spareHeadroom(with: vm, on: host)
    let source = hostOf[vm]
    change(vm, on: source, by: 1)
    change(vm, on: host, by: -1)
    residents[source].removeAll { $0 == vm }
    let place = residents[host].firstIndex { $0 > vm } ?? residents[host].count
    residents[host].insert(vm, at: place)
    hostOf[vm] = host
  }

  private mutating func change(_ vm: Int, on host: Int, by sign: Int) {
    freeMemory[host] += cluster.memory(vm) * Double(sign)
    freeCPUs[host] = freeCPUs[host].addingReportingOverflow(sign * cluster.vcpus(vm)).partialValue
    for pool in cluster.guests.localSpace(of: vm) {
      guard let free = freeSpace[host][pool.pool] else { continue }
      freeSpace[host][pool.pool] = free + cluster.space(of: vm, in: pool, on: host) * Double(sign)
    }
  }

  /// Only free memory counts: what a host is over takes nothing from the others.
  func spareHeadroom(with vm: Int, on host: Int) -> ByteCount {
    let memory = cluster.memory(vm)
    let source = hostOf[vm]
    var spare = spareHeadroom
    if stays[host] { spare += max(freeMemory[host] - memory, .zero) - max(freeMemory[host], .zero) }
    if source >= 0, stays[source] {
      spare += max(freeMemory[source] + memory, .zero) - max(freeMemory[source], .zero)
    }
    return spare
  }

  func member(of group: GroupIndex.Group, besides vm: Int, inPlaceOf host: Int) -> Int? {
    guard let place = cluster.places.place(of: host, in: group.scope) else { return nil }
    return group.members.first { member in
      member != vm && hostOf[member] >= 0
        && cluster.places.place(of: hostOf[member], in: group.scope) == place
    }
  }

  func member(of group: GroupIndex.Group, besides vm: Int, settledElsewhereThan host: Int) -> Int? {
    let place = cluster.places.place(of: host, in: group.scope)
    return group.members.first { member in
      guard member != vm, hostOf[member] >= 0 else { return false }
      if cluster.hasToLeave(member, hostOf[member]), !givenUp.contains(member) { return false }
      return cluster.places.place(of: hostOf[member], in: group.scope) != place
    }
  }
}

extension Cluster {
  /// Space that `vm` holds on a piece of `host`: at home what its disks have allocated, elsewhere what they may
  /// grow to, as a destination has to have it.
  func space(of vm: Int, in pool: (pool: Datastore.ID, size: ByteCount), on host: Int) -> ByteCount {
    guard host == homes[vm] else { return pool.size }
    return self.vm(vm).disks.filter { $0.datastore == pool.pool }.map(\.allocated).sum()
  }
}
