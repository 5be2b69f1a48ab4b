import EvacuationModel
import Quantities

/// What hosts can give at the most, whatever a plan does: what is free now, and with `move_others` what their guests
/// give back by leaving the hosts in question for others.
struct ReceivableRoom: Sendable {
  private let cluster: Cluster
  private let start: PlacementState

  init(_ cluster: Cluster) {
    self.cluster = cluster
    start = PlacementState(cluster)
  }

  /// Memory beyond what `keep_free: {hosts: n}` asks for; moves between hosts that stay do not change it, unless one
  /// of them is over its memory.
  var spareHeadroom: ByteCount { start.spareHeadroom }

  /// What each of `hosts` can give.
  func memory(of hosts: [Int]) -> [ByteCount] {
    zip(hosts, leavers(hosts)).map { host, leavers in
      var free = start.freeMemory[host] + leavers.map(cluster.memory).sum()
      if case .share(let share) = cluster.policy.capacity.keepFree {
        free -= cluster.offers[host].memory * share.fraction
      }
      return max(free, .zero)
    }
  }

  /// What each of `hosts` can give.
  func cpus(of hosts: [Int]) -> [Int] {
    zip(hosts, leavers(hosts)).map { host, leavers in
      max(
        leavers.reduce(start.freeCPUs[host]) { $0.addingReportingOverflow(cluster.vcpus($1)).partialValue }, 0
      )
    }
  }

  /// What the pieces of `pool` on `hosts` can give; `nil` where the inventory does not say it of one of them.
  func space(on pool: Datastore.ID, of hosts: [Int]) -> ByteCount? {
    var sum = ByteCount.zero
    for (host, leavers) in zip(hosts, leavers(hosts)) {
      guard let free = start.freeSpace[host][pool] else { return nil }
      sum += free
      sum += leavers.flatMap { cluster.vm($0).disks }.filter { $0.datastore == pool }.map(\.allocated).sum()
    }
    return sum
  }

  /// For each of `hosts` the guests that could make room by going to none of them.
  private func leavers(_ hosts: [Int]) -> [[Int]] {
    guard cluster.policy.moveOthers else { return hosts.map { _ in [] } }
    let inside = Set(hosts)
    let outside = cluster.inventory.hosts.indices.filter { host in
      !inside.contains(host) && cluster.host(host).state == .up && !cluster.isDrained(host)
    }
    return hosts.map { host in
      cluster.residents[host].filter { vm in
        !cluster.settings(of: vm).modes.isEmpty
          && outside.contains { PlacementRules.standing(vm, on: $0, in: cluster) == nil }
      }
    }
  }

  /// For a single host of `hosts`, all that could leave it for any other.
  func largestPieces(of hosts: [Int]) -> [ByteCount] {
    cluster.policy.moveOthers ? hosts.map { memory(of: [$0])[0] } : memory(of: hosts)
  }
}
