import EvacuationModel
import Quantities

/// Chooses a destination for every virtual machine that leaves, as far as there is one.
///
/// The guests with the fewest candidates come first, then the largest. Members of a hard host affinity group go
/// together. When a guest finds no room, one that was placed before is moved aside; when spreading leaves guests
/// behind, packing is tried; and what still leaves somebody behind is repaired.
struct PlacementSearch: Sendable {
  private let cluster: Cluster
  private let candidates: [Int: CandidateHosts]
  /// Guests that must go to the same host, the hardest to place first.
  let bundles: [[Int]]
  private let goesAlone: Set<Int>
  /// Where guests go if they can, whatever else would be better.
  private let known: [Int: Int]

  init(_ cluster: Cluster, candidates: [Int: CandidateHosts], known: [Int: Int] = [:]) {
    self.cluster = cluster
    self.known = known
    self.candidates = candidates
    bundles = Self.bundles(cluster, candidates: candidates)
    goesAlone = Set(bundles.lazy.filter { $0.count == 1 }.joined())
  }

  /// The choice that leaves the fewest behind; who has no destination in it stays. `seed` is that of the repair.
  func outcome(seed: UInt64) -> PlacementState {
    let preferred = search(cluster.policy.receivers)
    guard preferred.destinations.count < cluster.leaving.count else { return preferred }
    let packed = search(.pack)
    let better = packed.destinations.count > preferred.destinations.count ? packed : preferred
    var repair = PlacementRepair(better, bundles: bundles, candidates: candidates, seed: seed)
    return repair.repaired()
  }

  private func search(_ preference: ReceiverPreference) -> PlacementState {
    var state = PlacementState(cluster)
    let cost = PlacementCost(preference: preference)
    var waiting = bundles.filter { !placeAsKnown($0, in: &state) }[...]
    while let bundle = waiting.popFirst() {
      if place(bundle, in: &state, cost: cost) || makeRoom(for: bundle, in: &state, cost: cost) { continue }
      for vm in bundle { state.keepHome(vm) }
      waiting += takeBackParted(from: bundle, in: &state)
    }
    return state
  }

  private func placeAsKnown(_ bundle: [Int], in state: inout PlacementState) -> Bool {
    guard let first = bundle.first, let host = known[first], bundle.allSatisfy({ known[$0] == host }),
      candidates[first]?.way(to: host) != nil, fits(bundle, on: host, in: &state)
    else { return false }
    for vm in bundle { state.place(vm, on: host) }
    return true
  }

  /// Who was placed apart from a member of `bundle` that turns out to stay has to be placed anew.
  private func takeBackParted(from bundle: [Int], in state: inout PlacementState) -> [[Int]] {
    var again: [[Int]] = []
    for group in bundle.flatMap(cluster.groups.of) where group.bindsTogether {
      for member in group.members {
        guard let host = state.destinations[member],
          state.member(of: group, besides: member, settledElsewhereThan: host) != nil
        else { continue }
        let parted = cluster.groups.bundle(of: member, among: Set(cluster.leaving))
        for vm in parted { state.takeBack(vm) }
        again.append(parted)
      }
    }
    return again
  }

  private static func bundles(_ cluster: Cluster, candidates: [Int: CandidateHosts]) -> [[Int]] {
    let all = Set(cluster.leaving)
    var seen: Set<Int> = []
    var bundles: [(guests: [Int], choices: Int, memory: ByteCount)] = []
    for vm in cluster.leaving where !seen.contains(vm) {
      let guests = cluster.groups.bundle(of: vm, among: all)
      seen.formUnion(guests)
      bundles.append(
        (
          guests, guests.map { candidates[$0]?.candidates.count ?? 0 }.min() ?? 0,
          guests.map(cluster.memory).sum()
        ))
    }
    return bundles.enumerated().sorted { one, other in
      if one.element.choices != other.element.choices { return one.element.choices < other.element.choices }
      if one.element.memory != other.element.memory { return one.element.memory > other.element.memory }
      return one.offset < other.offset
    }.map(\.element.guests)
  }

  private func place(_ bundle: [Int], in state: inout PlacementState, cost: PlacementCost) -> Bool {
    guard let host = bestHost(for: bundle, in: &state, cost: cost) else { return false }
    for vm in bundle { state.place(vm, on: host) }
    return true
  }

  private func bestHost(
    for bundle: [Int], in state: inout PlacementState, cost: PlacementCost, except excluded: Int? = nil
  ) -> Int? {
    guard let first = bundle.first, let choices = candidates[first] else { return nil }
    if bundle.count == 1 {
      return bestHost(for: first, among: choices, in: state, cost: cost, except: excluded)
    }
    let disturbances = choices.ways.map { PlacementCost.disturbance($0.decision) }
    var best: (cost: Double, host: Int)?
    for choice in choices.candidates
    where choice.host != excluded && fits(bundle, on: choice.host, in: &state) {
      let value = cost.of(first, on: choice.host, disturbance: disturbances[choice.way], in: state)
      if value < best?.cost ?? .infinity { best = (value, choice.host) }
    }
    return best?.host
  }

  /// The same for one guest alone. It asks every host and changes nothing, so `state` is not handed on as one that
  /// may change: that would be copied for each host.
  private func bestHost(
    for vm: Int, among choices: CandidateHosts, in state: PlacementState, cost: PlacementCost,
    except excluded: Int?
  ) -> Int? {
    let disturbances = choices.ways.map { PlacementCost.disturbance($0.decision) }
    var best: (cost: Double, host: Int)?
    for choice in choices.candidates
    where choice.host != excluded && PlacementRules.present(vm, on: choice.host, in: state) == nil {
      let value = cost.of(vm, on: choice.host, disturbance: disturbances[choice.way], in: state)
      if value < best?.cost ?? .infinity { best = (value, choice.host) }
    }
    return best?.host
  }

  /// Whether all of `bundle` fit on `host` together; `state` is afterwards as before.
  private func fits(_ bundle: [Int], on host: Int, in state: inout PlacementState) -> Bool {
    guard bundle.count > 1 else {
      return bundle.allSatisfy { PlacementRules.present($0, on: host, in: state) == nil }
    }
    var placed: [Int] = []
    for vm in bundle {
      guard candidates[vm]?.way(to: host) != nil, PlacementRules.present(vm, on: host, in: state) == nil
      else { break }
      state.place(vm, on: host)
      placed.append(vm)
    }
    for vm in placed.reversed() { state.takeBack(vm) }
    return placed.count == bundle.count
  }

  /// Moves one guest that was placed before to another host, if that lets `bundle` in.
  private func makeRoom(for bundle: [Int], in state: inout PlacementState, cost: PlacementCost) -> Bool {
    guard let first = bundle.first, let choices = candidates[first]?.candidates else { return false }
    for choice in choices {
      for guest in state.arrivals(on: choice.host) where goesAlone.contains(guest) {
        state.takeBack(guest)
        if fits(bundle, on: choice.host, in: &state) {
          for vm in bundle { state.place(vm, on: choice.host) }
          if let other = bestHost(for: [guest], in: &state, cost: cost, except: choice.host) {
            state.place(guest, on: other)
            return true
          }
          for vm in bundle.reversed() { state.takeBack(vm) }
        }
        state.place(guest, on: choice.host)
      }
    }
    return false
  }
}
