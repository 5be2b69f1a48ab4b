import EvacuationModel
import Quantities

/// The destinations of a plan, as a search changes them: every change keeps every rule, and can be taken back.
struct Destinations: Sendable {
  private let makeMove: MoveMaker
  private(set) var state: PlacementState
  private let cost: PlacementCost
  /// The guests that have to go together with each, itself included.
  private var bundles: [Int: [Int]] = [:]

  /// One guest with the host that it leaves for another.
  struct Change: Sendable {
    let vm: Int
    let from: Int
    let to: Int
  }

  init(_ state: PlacementState, makeMove: MoveMaker) {
    self.state = state
    self.makeMove = makeMove
    cost = PlacementCost(preference: state.cluster.policy.receivers)
    let placed = Set(state.destinations.keys)
    for vm in placed { bundles[vm] = state.cluster.groups.bundle(of: vm, among: placed) }
  }

  /// The hosts to which `vm` could go if there were room.
  func candidates(of vm: Int) -> [CandidateHosts.Candidate] { makeMove.candidates[vm]?.candidates ?? [] }

  func move(_ vm: Int) -> Move? { state.destinations[vm].flatMap { makeMove.move(vm, to: $0) } }

  /// Lets `vm` and whoever has to go with it go to `host` instead; `nil`, and nothing is changed, where a rule is
  /// against it or somebody would be disturbed more than before.
  mutating func relocate(_ vm: Int, to host: Int) -> (changes: [Change], cost: Double)? {
    exchange(changes(of: vm, to: host))
  }

  /// Lets `vm` go where `other` goes and the other way round, each with whoever has to go with it.
  mutating func swap(_ vm: Int, _ other: Int) -> (changes: [Change], cost: Double)? {
    guard let one = state.destinations[vm], let two = state.destinations[other], one != two else {
      return nil
    }
    return exchange(changes(of: vm, to: two) + changes(of: other, to: one))
  }

  mutating func undo(_ changes: [Change]) {
    for change in changes { state.takeBack(change.vm) }
    for change in changes { state.place(change.vm, on: change.from) }
  }

  private func changes(of vm: Int, to host: Int) -> [Change] {
    (bundles[vm] ?? []).compactMap { member in
      state.destinations[member].map { Change(vm: member, from: $0, to: host) }
    }
  }

  private mutating func exchange(_ changes: [Change]) -> (changes: [Change], cost: Double)? {
    guard !changes.isEmpty, changes.allSatisfy({ $0.from != $0.to && isAsGentle($0) }) else { return nil }
    for change in changes { state.takeBack(change.vm) }
    let before = changes.reduce(0) { $0 + cost.of($1.vm, on: $1.from, disturbance: 0, in: state) }
    var placed: [Change] = []
    for change in changes {
      guard PlacementRules.present(change.vm, on: change.to, in: state) == nil else {
        for change in placed { state.takeBack(change.vm) }
        for change in changes { state.place(change.vm, on: change.from) }
        return nil
      }
      state.place(change.vm, on: change.to)
      placed.append(change)
    }
    for change in placed { state.takeBack(change.vm) }
    let after = changes.reduce(0) { $0 + cost.of($1.vm, on: $1.to, disturbance: 0, in: state) }
    for change in placed { state.place(change.vm, on: change.to) }
    return (changes, after - before)
  }

  /// Whether the guest is disturbed no more at its new destination: no restart instead of a running move.
  private func isAsGentle(_ change: Change) -> Bool {
    guard let old = makeMove.candidates[change.vm]?.way(to: change.from)?.decision,
      let new = makeMove.candidates[change.vm]?.way(to: change.to)?.decision
    else { return false }
    return new.mode == old.mode && new.usesPostCopy == old.usesPostCopy
      && cost.softGroupsBroken(change.vm, on: change.to, in: state)
        <= cost.softGroupsBroken(change.vm, on: change.from, in: state)
  }
}
