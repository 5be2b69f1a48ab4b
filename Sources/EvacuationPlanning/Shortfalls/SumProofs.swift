import EvacuationModel
import Quantities

/// Proofs by adding up: what a family of guests needs against what its hosts can give.
struct SumProofs: Sendable {
  let cluster: Cluster
  let room: ReceivableRoom
  let family: GuestFamily

  /// More memory has to leave than is free.
  func memory() -> Shortfall? {
    let needed = family.guests.map(cluster.memory).sum()
    let available = room.memory(of: family.hosts).sum()
    guard needed > available else { return nil }
    return shortfall(
      .memory, needed: needed.bytes, available: available.bytes,
      "\(them) \(given) \(available) of memory\(free) together\(keptShare), \(needed) have to leave: "
        + "\(needed - available) short")
  }

  /// More memory has to leave than is free beyond the headroom.
  func headroom() -> Shortfall? {
    guard case .hosts(let count) = cluster.policy.capacity.keepFree, count > 0 else { return nil }
    let needed = family.guests.map(cluster.memory).sum()
    let available = max(room.spareHeadroom, .zero)
    // Only the guests of hosts that are over their memory could improve on that by moving.
    guard needed > available, !cluster.policy.moveOthers || !isAnyHostOver else { return nil }
    return shortfall(
      .headroom, needed: needed.bytes, available: available.bytes,
      "beyond the headroom for the failure of \(count == 1 ? "1 host" : "\(count) hosts") \(available) of memory "
        + "\(available == .zero ? "is" : "are") free, \(needed) have to leave: \(needed - available) short")
  }

  private var isAnyHostOver: Bool {
    cluster.inventory.hosts.indices.contains { host in
      cluster.residents[host].map(cluster.memory).sum() > cluster.offers[host].memory
    }
  }

  /// Guests of at least some size need pieces of at least that size.
  func pieces() -> Shortfall? {
    let pieces = room.largestPieces(of: family.hosts)
    let sizes = Set(family.guests.map(cluster.memory)).filter { $0 > .zero }.sorted(by: >)
    for size in sizes {
      let large = family.guests.filter { cluster.memory($0) >= size }
      let fitting = pieces.reduce(0) { $0 + Int($1.bytes / size.bytes) }
      guard large.count > fitting else { continue }
      return shortfall(
        .memoryPieces, needed: Int64(large.count), available: Int64(fitting), guests: large,
        fitting == 0 ? noPiece(size, pieces) : fewPieces(size, large.count, fitting))
    }
    return nil
  }

  private func noPiece(_ size: ByteCount, _ pieces: [ByteCount]) -> String {
    let largest = zip(family.hosts, pieces).max { $0.1 < $1.1 }
    let where_ = largest.map { "; the largest free piece is \($0.1) on \(cluster.host($0.0).id)" } ?? ""
    return "no host that could take it has \(size) of memory in one piece\(where_)"
  }

  private func fewPieces(_ size: ByteCount, _ count: Int, _ fitting: Int) -> String {
    "\(count) guests of \(size) or more have to leave, and \(them) \(hasRoom) for \(fitting) of that size: "
      + "\(count - fitting) \(count - fitting == 1 ? "stays" : "stay")"
  }

  /// More CPUs have to leave than are free.
  func cpus() -> Shortfall? {
    let needed = family.guests.reduce(0) { $0.addingReportingOverflow(cluster.vcpus($1)).partialValue }
    let available = room.cpus(of: family.hosts)
      .reduce(0) { $0.addingReportingOverflow($1).partialValue }
    guard needed > available else { return nil }
    return shortfall(
      .cpus, needed: Int64(needed), available: Int64(available),
      "\(them) \(given) \(available) vCPUs together, \(needed) \(needed == 1 ? "has" : "have") to leave: "
        + "\(needed - available) short")
  }

  /// More disk space is needed on a local pool than is free.
  func diskSpace() -> Shortfall? {
    var seen: Set<Datastore.ID> = []
    let pools = family.guests.flatMap { cluster.guests.localSpace(of: $0).map(\.pool) }
      .filter { seen.insert($0).inserted }
    for pool in pools {
      let needed = family.guests.flatMap { cluster.guests.localSpace(of: $0) }.filter { $0.pool == pool }
        .map(\.size).sum()
      guard let available = room.space(on: pool, of: family.hosts), needed > available else { continue }
      return shortfall(
        .diskSpace, needed: needed.bytes, available: available.bytes,
        "\(them) \(given) \(available) free on \(pool) together, \(needed) have to leave: "
          + "\(needed - available) short")
    }
    return nil
  }

  private var them: String {
    family.hosts.count == 1
      ? "the one host that could take them" : "the \(family.hosts.count) hosts that could take them"
  }

  /// With `move_others` it is not free yet.
  private var given: String {
    let one = family.hosts.count == 1
    return cluster.policy.moveOthers ? "can free" : (one ? "has" : "have")
  }

  private var free: String { cluster.policy.moveOthers ? "" : " free" }

  private var hasRoom: String { family.hosts.count == 1 ? "has room" : "have room" }

  private var keptShare: String {
    guard case .share(let share) = cluster.policy.capacity.keepFree, share.fraction > 0 else { return "" }
    return " beyond the \(share) that each keeps free"
  }

  private func shortfall(
    _ resource: Shortfall.Resource, needed: Int64, available: Int64, guests: [Int]? = nil, _ message: String
  ) -> Shortfall {
    Shortfall(
      resource: resource, shortBy: needed.subtractingReportingOverflow(available).partialValue,
      needed: needed,
      available: available, hosts: family.hosts.map { cluster.host($0).id },
      vms: (guests ?? family.guests).map { cluster.vm($0).id }, message: message)
  }
}
