import EvacuationModel
import Quantities

/// Guests that would have to leave a host so that others can come.
struct Ejection: Sendable {
  let host: Int
  let guests: [Int]
  /// Roughly the seconds that it takes.
  let cost: Double
}

/// What is missing on a host; nothing is zero or less.
struct MissingRoom: Sendable {
  var memory: ByteCount
  var cpus: Int
  var space: ByteCount

  var isNothing: Bool { memory <= .zero && cpus <= 0 && space <= .zero }

  /// What `arrivals` lack on `host`, `keep_free` included.
  init(for arrivals: [Int], on host: Int, in state: SequenceState) {
    let cluster = state.cluster
    memory = arrivals.map(cluster.memory).sum() - state.freeMemory[host]
    if case .share(let share) = cluster.policy.capacity.keepFree {
      memory += cluster.offers[host].memory * share.fraction
    }
    cpus =
      arrivals.reduce(0) { $0.addingReportingOverflow(cluster.vcpus($1)).partialValue }
      .subtractingReportingOverflow(state.freeCPUs[host]).partialValue
    space = .zero
    var needed: [Datastore.ID: ByteCount] = [:]
    for (pool, size) in arrivals.flatMap(cluster.guests.localSpace) {
      needed[pool, default: .zero] += size
    }
    for (pool, size) in needed {
      if let free = state.freeSpace[host][pool] { space += max(size - free, .zero) }
    }
  }

  /// What is still missing when `vm` has left `host`.
  func without(_ vm: Int, on host: Int, in cluster: Cluster) -> Self {
    var rest = self
    rest.memory = max(memory - cluster.memory(vm), .zero)
    rest.cpus = max(cpus - cluster.vcpus(vm), 0)
    let held = cluster.guests.localSpace(of: vm).map { cluster.space(of: vm, in: $0, on: host) }.sum()
    rest.space = max(space - held, .zero)
    return rest
  }

  /// Whether nowhere more is missing than in `other`.
  func isWithin(_ other: Self) -> Bool {
    memory <= other.memory && cpus <= other.cpus && space <= other.space
  }
}

/// The cheapest guests that together hold what is missing: a knapsack over all resources at once, exact as long as
/// no more than `width` ways of covering a part are worth keeping.
struct EjectionChoice: Sendable {
  private struct Cover: Sendable {
    var guests: [Int]
    var missing: MissingRoom
    var cost: Double
  }

  private static let width = 24

  let host: Int
  let cluster: Cluster

  /// Of `guests`, each with its cost; `first` have to leave in any case.
  func cheapest(
    covering missing: MissingRoom, first: [(vm: Int, cost: Double)], of guests: [(vm: Int, cost: Double)]
  ) -> Ejection? {
    var start = Cover(guests: [], missing: missing, cost: 0)
    for guest in first { start = adding(guest, to: start) }
    var covers = [start]
    for guest in guests {
      let further = covers.filter { !$0.missing.isNothing }.map { adding(guest, to: $0) }
      covers = kept(covers + further)
    }
    guard let best = covers.filter(\.missing.isNothing).min(by: { $0.cost < $1.cost }) else { return nil }
    return Ejection(host: host, guests: best.guests, cost: best.cost)
  }

  private func adding(_ guest: (vm: Int, cost: Double), to cover: Cover) -> Cover {
    Cover(
      guests: cover.guests + [guest.vm], missing: cover.missing.without(guest.vm, on: host, in: cluster),
      cost: cover.cost + guest.cost)
  }

  /// Those that no cheaper one betters.
  private func kept(_ covers: [Cover]) -> [Cover] {
    let sorted = covers.enumerated().sorted { one, other in
      (one.element.cost, one.offset) < (other.element.cost, other.offset)
    }
    var kept: [Cover] = []
    for (_, cover) in sorted where kept.count < Self.width {
      if !kept.contains(where: { $0.missing.isWithin(cover.missing) }) { kept.append(cover) }
    }
    return kept
  }
}
