import EvacuationModel
import Quantities

/// Finds room for guests whom the choice of destinations has left behind: takes away from a host that could hold one
/// of them whoever came there, and finds other hosts for those; what comes of it is kept if no more guests stay than
/// before. That those who stay change on the way lets the search leave a corner.
struct PlacementRepair: Sendable {
  private let cluster: Cluster
  private let candidates: [Int: CandidateHosts]
  /// The guests that go together with each, itself included.
  private let bundles: [Int: [Int]]
  private var state: PlacementState
  /// Bundles that stay for now and could go somewhere if all others did not.
  private var stuck: [[Int]] = []
  private var draw: SeededGenerator

  /// One bundle with the host it had.
  private struct Removal {
    let bundle: [Int]
    let host: Int
  }

  /// Begins with `state`, in which `bundles` are placed as a whole or not at all.
  init(_ state: PlacementState, bundles: [[Int]], candidates: [Int: CandidateHosts], seed: UInt64) {
    self.state = state
    self.candidates = candidates
    cluster = state.cluster
    var own: [Int: [Int]] = [:]
    for bundle in bundles {
      for vm in bundle { own[vm] = bundle }
    }
    self.bundles = own
    draw = SeededGenerator(seed: seed, stream: "placement")
    var empty = PlacementState(cluster)
    stuck = bundles.filter { bundle in
      guard let first = bundle.first, state.destinations[first] == nil else { return false }
      return (candidates[first]?.candidates ?? []).contains {
        Self.fits(bundle, on: $0.host, candidates, &empty)
      }
    }
  }

  /// With fewer behind than at the beginning, or as it was; within a number of tries that falls with the size of the
  /// cluster.
  mutating func repaired() -> PlacementState {
    let start = state
    var tries = min(6000, 1_000_000 / (50 + cluster.inventory.hosts.count))
    while !stuck.isEmpty, tries > 0 {
      tries -= 1
      if draw.fraction() < 0.3 { shuffleOne() } else { makeRoom() }
    }
    return state.destinations.count > start.destinations.count ? state : start
  }

  /// One try for one of those that stay.
  private mutating func makeRoom() {
    let index = draw.integer(in: 0...(stuck.count - 1))
    let bundle = stuck[index]
    guard let host = randomCandidate(of: bundle) else { return }
    for vm in bundle { state.leaveHome(vm) }
    var removed: [Removal] = []
    var arrivals = state.arrivals(on: host)
    while !Self.fits(bundle, on: host, candidates, &state), !arrivals.isEmpty {
      let guest = arrivals.remove(at: draw.integer(in: 0...(arrivals.count - 1)))
      guard state.destinations[guest] != nil else { continue }
      let own = bundles[guest] ?? [guest]
      for vm in own { state.takeBack(vm) }
      removed.append(Removal(bundle: own, host: host))
    }
    guard Self.fits(bundle, on: host, candidates, &state) else {
      for removal in removed.reversed() { place(removal.bundle, on: removal.host) }
      for vm in bundle { state.keepHome(vm) }
      return
    }
    place(bundle, on: host)
    let left = replace(removed)
    let count = left.reduce(0) { $0 + $1.bundle.count }
    if count <= bundle.count {
      stuck.remove(at: index)
      stuck += left.map(\.bundle)
    } else {
      takeBack(bundle, removed, left)
    }
  }

  /// Finds other hosts for `removed`, the largest first; returns who stays.
  private mutating func replace(_ removed: [Removal]) -> [Removal] {
    let isPacking = draw.fraction() < 0.5
    let largestFirst = removed.sorted { one, other in
      let (a, b) = (one.bundle.map(cluster.memory).sum(), other.bundle.map(cluster.memory).sum())
      return a != b ? a > b : (one.bundle.first ?? 0) < (other.bundle.first ?? 0)
    }
    var left: [Removal] = []
    for removal in largestFirst {
      if let host = host(for: removal.bundle, isPacking: isPacking) {
        place(removal.bundle, on: host)
      } else {
        for vm in removal.bundle { state.keepHome(vm) }
        left.append(removal)
      }
    }
    return left
  }

  private mutating func takeBack(_ bundle: [Int], _ removed: [Removal], _ left: [Removal]) {
    for removal in left {
      for vm in removal.bundle { state.leaveHome(vm) }
    }
    for vm in removed.flatMap(\.bundle) + bundle { state.takeBack(vm) }
    for removal in removed { place(removal.bundle, on: removal.host) }
    for vm in bundle { state.keepHome(vm) }
  }

  /// Moves somebody for no reason, so that free room lies elsewhere afterwards.
  private mutating func shuffleOne() {
    let bundle = stuck[draw.integer(in: 0...(stuck.count - 1))]
    guard let host = randomCandidate(of: bundle) else { return }
    let arrivals = state.arrivals(on: host)
    guard !arrivals.isEmpty else { return }
    let guest = arrivals[draw.integer(in: 0...(arrivals.count - 1))]
    let own = bundles[guest] ?? [guest]
    guard let other = randomCandidate(of: own), other != host else { return }
    for vm in own { state.takeBack(vm) }
    place(own, on: Self.fits(own, on: other, candidates, &state) ? other : host)
  }

  private mutating func place(_ bundle: [Int], on host: Int) {
    for vm in bundle { state.place(vm, on: host) }
  }

  private mutating func randomCandidate(of bundle: [Int]) -> Int? {
    guard let first = bundle.first, let own = candidates[first]?.candidates, !own.isEmpty else { return nil }
    return own[draw.integer(in: 0...(own.count - 1))].host
  }

  /// The fullest or the emptiest host that takes `bundle`.
  private mutating func host(for bundle: [Int], isPacking: Bool) -> Int? {
    guard let first = bundle.first else { return nil }
    var best: (free: ByteCount, host: Int)?
    for candidate in candidates[first]?.candidates ?? [] {
      let free = state.freeMemory[candidate.host]
      if let best, isPacking ? free >= best.free : free <= best.free { continue }
      if Self.fits(bundle, on: candidate.host, candidates, &state) { best = (free, candidate.host) }
    }
    return best?.host
  }

  /// Whether all of `bundle` fit on `host` together; `state` is afterwards as before.
  private static func fits(
    _ bundle: [Int], on host: Int, _ candidates: [Int: CandidateHosts], _ state: inout PlacementState
  ) -> Bool {
    var placed: [Int] = []
    for vm in bundle {
      guard candidates[vm]?.way(to: host) != nil, PlacementRules.present(vm, on: host, in: state) == nil
      else {
        break
      }
      state.place(vm, on: host)
      placed.append(vm)
    }
    for vm in placed.reversed() { state.takeBack(vm) }
    return placed.count == bundle.count
  }
}
