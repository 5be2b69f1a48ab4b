import EvacuationModel
import Quantities

/// Chooses a destination for every virtual machine that leaves, or says host by host why there is none.
///
/// The guests with the fewest candidates come first, then the largest. Members of a hard host affinity group go
/// together. When a guest finds no room, one that was placed before is moved aside; when spreading leaves guests
/// behind, packing is tried, and whatever leaves fewer behind counts.
struct PlacementSearch: Sendable {
  private let cluster: Cluster
  private let leaving: [Int]
  private let candidates: [Int: CandidateHosts]

  struct Outcome: Sendable {
    var state: PlacementState
    /// Guests without a destination, in the order in which they were tried.
    var unplaced: [Int]
  }

  init(_ cluster: Cluster, leaving: [Int], candidates: [Int: CandidateHosts]) {
    self.cluster = cluster
    self.leaving = leaving
    self.candidates = candidates
  }

  func outcome() -> Outcome {
    let spread = search(.spread)
    guard !spread.unplaced.isEmpty else { return spread }
    let pack = search(.pack)
    return pack.unplaced.count < spread.unplaced.count ? pack : spread
  }

  private func search(_ preference: PlacementCost.Preference) -> Outcome {
    var outcome = Outcome(state: PlacementState(cluster, leaving: Set(leaving)), unplaced: [])
    let cost = PlacementCost(preference: preference)
    for bundle in bundles() {
      if place(bundle, in: &outcome.state, cost: cost) { continue }
      if makeRoom(for: bundle, in: &outcome.state, cost: cost) { continue }
      outcome.unplaced += bundle
    }
    return outcome
  }

  /// Guests that must go to the same host, the hardest to place first.
  private func bundles() -> [[Int]] {
    let all = Set(leaving)
    var seen: Set<Int> = []
    var bundles: [[Int]] = []
    for vm in leaving where !seen.contains(vm) {
      let bundle = cluster.groups.bundle(of: vm, among: all)
      seen.formUnion(bundle)
      bundles.append(bundle)
    }
    let keys = bundles.map { bundle in
      (
        choices: bundle.map { candidates[$0]?.candidates.count ?? 0 }.min() ?? 0,
        memory: bundle.map(cluster.memory).sum()
      )
    }
    return bundles.indices.sorted { one, other in
      if keys[one].choices != keys[other].choices { return keys[one].choices < keys[other].choices }
      if keys[one].memory != keys[other].memory { return keys[one].memory > keys[other].memory }
      return one < other
    }.map { bundles[$0] }
  }

  private func place(_ bundle: [Int], in state: inout PlacementState, cost: PlacementCost) -> Bool {
    guard let host = bestHost(for: bundle, in: state, cost: cost) else { return false }
    for vm in bundle { state.place(vm, on: host) }
    return true
  }

  private func bestHost(
    for bundle: [Int], in state: PlacementState, cost: PlacementCost, except excluded: Int? = nil
  ) -> Int? {
    guard let first = bundle.first, let choices = candidates[first]?.candidates else { return nil }
    var best: (cost: Double, host: Int)?
    for choice in choices where choice.host != excluded && fits(bundle, on: choice.host, in: state) {
      let value = cost.of(first, on: choice, in: state)
      if value < best?.cost ?? .infinity { best = (value, choice.host) }
    }
    return best?.host
  }

  /// Whether all of `bundle` fit on `host` together.
  private func fits(_ bundle: [Int], on host: Int, in state: PlacementState) -> Bool {
    guard bundle.count > 1 else {
      return bundle.allSatisfy { PlacementRules.present($0, on: host, in: state) == nil }
    }
    var trial = state
    for vm in bundle {
      guard candidates[vm]?.candidates.contains(where: { $0.host == host }) ?? false,
        PlacementRules.present(vm, on: host, in: trial) == nil
      else { return false }
      trial.place(vm, on: host)
    }
    return true
  }

  /// Moves one guest that was placed before to another host, if that lets `bundle` in.
  private func makeRoom(for bundle: [Int], in state: inout PlacementState, cost: PlacementCost) -> Bool {
    guard let first = bundle.first, let choices = candidates[first]?.candidates else { return false }
    for choice in choices {
      let guests = state.destinations.filter { $0.value == choice.host }.keys.sorted()
      for guest in guests where cluster.groups.bundle(of: guest, among: Set(leaving)).count == 1 {
        var trial = state
        trial.takeBack(guest)
        guard fits(bundle, on: choice.host, in: trial) else { continue }
        for vm in bundle { trial.place(vm, on: choice.host) }
        guard let other = bestHost(for: [guest], in: trial, cost: cost, except: choice.host) else { continue }
        trial.place(guest, on: other)
        state = trial
        return true
      }
    }
    return false
  }
}
