import EvacuationModel
import Quantities

/// What is free where while destinations are being chosen; placing and taking back are exact opposites.
struct PlacementState: Sendable {
  let cluster: Cluster
  private(set) var freeMemory: [ByteCount]
  private(set) var freeCPUs: [Int]
  /// Only pools whose free space the inventory tells.
  private(set) var freeSpace: [[Datastore.ID: ByteCount]]
  /// Free memory of the hosts that stay, beyond what `keep_free: {hosts: n}` asks for.
  private(set) var spareHeadroom: ByteCount
  /// The destination of each virtual machine placed so far.
  private(set) var destinations: [Int: Int] = [:]
  /// The virtual machines that want to leave.
  private let leaving: Set<Int>

  init(_ cluster: Cluster, leaving: Set<Int>) {
    self.cluster = cluster
    self.leaving = leaving
    let capacity = cluster.policy.capacity
    let hosts = cluster.inventory.hosts
    freeMemory = hosts.indices.map { host in
      hosts[host].guestMemory(capacity) - cluster.residents[host].map(cluster.memory).sum()
    }
    freeCPUs = hosts.indices.map { host in
      cluster.residents[host].reduce(hosts[host].guestCPUs(capacity)) { free, vm in
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
    spareHeadroom = .zero
    let staying = hosts.indices.filter { hosts[$0].state == .up && !cluster.drained.contains($0) }
    if case .hosts(let count) = capacity.keepFree, count > 0 {
      let largest = staying.map { hosts[$0].guestMemory(capacity) }.sorted(by: >).prefix(count)
      spareHeadroom = staying.map { freeMemory[$0] }.sum() - largest.sum()
    }
  }

  mutating func place(_ vm: Int, on host: Int) {
    change(vm, on: host, by: -1)
    destinations[vm] = host
  }

  mutating func takeBack(_ vm: Int) {
    guard let host = destinations.removeValue(forKey: vm) else { return }
    change(vm, on: host, by: 1)
  }

  private mutating func change(_ vm: Int, on host: Int, by sign: Int) {
    let amount = cluster.memory(vm) * Double(sign)
    freeMemory[host] += amount
    spareHeadroom += amount
    freeCPUs[host] = freeCPUs[host].addingReportingOverflow(sign * cluster.vcpus(vm)).partialValue
    for (pool, size) in localSpace(of: vm) {
      if let free = freeSpace[host][pool] { freeSpace[host][pool] = free + size * Double(sign) }
    }
  }

  /// What the disks of `vm` need on each local pool.
  func localSpace(of vm: Int) -> [(pool: Datastore.ID, size: ByteCount)] {
    var needs: [(pool: Datastore.ID, size: ByteCount)] = []
    for disk in cluster.vm(vm).disks where cluster.datastores[disk.datastore]?.kind == .local {
      if let index = needs.firstIndex(where: { $0.pool == disk.datastore }) {
        needs[index].size += disk.size
      } else {
        needs.append((disk.datastore, disk.size))
      }
    }
    return needs
  }

  /// Where `vm` will be: its destination, or its home if it stays; `nil` while it is still undecided.
  func host(of vm: Int) -> Int? {
    if let destination = destinations[vm] { return destination }
    guard !leaving.contains(vm), cluster.homes[vm] >= 0 else { return nil }
    return cluster.homes[vm]
  }

  /// The place of `scope` in which `vm` will be, if that is known.
  func place(of vm: Int, in scope: PlacementGroup.Scope) -> String? {
    host(of: vm).flatMap { cluster.host($0).place(in: scope) }
  }

  /// A member of `group` other than `vm` that is or will be in the same place as `host`, if there is one: while
  /// a guest moves it is in both places, and who leaves first is not known yet.
  func member(of group: GroupIndex.Group, besides vm: Int, inPlaceOf host: Int) -> Int? {
    guard let wanted = cluster.host(host).place(in: group.scope) else { return nil }
    return group.members.first { member in
      guard member != vm else { return false }
      let home = cluster.homes[member]
      return place(of: member, in: group.scope) == wanted
        || (home >= 0 && cluster.host(home).place(in: group.scope) == wanted)
    }
  }
}
