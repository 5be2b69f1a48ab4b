import EvacuationModel
import Quantities

/// Makes one sequence of moves in which each fits when all before it have ended, so that their order cannot be a
/// circle: guest by guest, directly where there is room, else by moving others out of the way, each of which finds
/// its place in the same manner.
struct SequenceBuilder: Sendable {
  /// What one attempt prefers; attempts differ, because no one preference suits every cluster.
  struct Taste: Sendable {
    /// From 1, the tightest host that fits, to -1, the emptiest.
    var tightness: Double
    /// How far chance moves costs up and down, as a share of them.
    var noise: Double
  }

  /// How many hosts to make room on are tried for a guest that has to leave, for one that makes room for it, and
  /// for one that makes room for that; a fourth one in a row has to find room directly.
  private static let breadth = [12, 4, 2]
  /// Hosts that are looked at closely.
  private static let closely = 12
  /// Seconds that a move of a guest counts for beside its time: fewer moves are better than short ones.
  private static let effort = 10.0
  /// Times as much for a guest for which there is no room at once.
  private static let detour = 2.0

  private(set) var state: SequenceState
  private(set) var ways: GuestWays
  /// What is left of the rule checks that this attempt may spend.
  private(set) var budget: Int
  private var draw: SeededGenerator
  private let taste: Taste
  /// Those that are on their way or wait for room that is being made.
  private var busy: Set<Int> = []

  init(_ state: SequenceState, ways: GuestWays, taste: Taste, budget: Int, draw: SeededGenerator) {
    self.state = state
    self.ways = ways
    self.taste = taste
    self.budget = budget
    self.draw = draw
  }

  private var cluster: Cluster { state.cluster }

  /// Moves `bundles` one after the other; who finds no room is tried once more at the end. Returns those left.
  mutating func settle(_ bundles: [[Int]]) -> [[Int]] {
    let left = bundles.filter { !settle($0, depth: 0) }
    return left.filter { bundle in
      guard !settle(bundle, depth: 0) else { return false }
      for vm in bundle { state.giveUp(vm) }
      return true
    }
  }

  private mutating func settle(_ bundle: [Int], depth: Int) -> Bool {
    if bundle.allSatisfy({ !cluster.isDrained(state.hostOf[$0]) }), depth == 0 { return true }
    if let host = directHost(for: bundle) {
      for vm in bundle { state.move(vm, to: host) }
      return true
    }
    guard depth < Self.breadth.count, budget > 0 else { return false }
    busy.formUnion(bundle)
    defer { busy.subtract(bundle) }
    for ejection in ejections(for: bundle).prefix(Self.breadth[depth]) {
      let mark = state.steps.count
      if makeRoom(ejection, for: bundle, depth: depth), fits(bundle, on: ejection.host) {
        for vm in bundle { state.move(vm, to: ejection.host) }
        return true
      }
      state.takeBack(to: mark)
    }
    return false
  }

  /// Those that make room must not take it for each other: what `bundle` needs is kept from them.
  private mutating func makeRoom(_ ejection: Ejection, for bundle: [Int], depth: Int) -> Bool {
    let needed = bundle.map(cluster.memory).sum()
    state.reserve(needed, on: ejection.host)
    defer { state.reserve(.zero - needed, on: ejection.host) }
    let guests = ejection.guests.sorted { one, other in
      (cluster.memory(other), one) < (cluster.memory(one), other)
    }
    busy.formUnion(guests)
    defer { busy.subtract(guests) }
    return guests.allSatisfy { settle([$0], depth: depth + 1) }
  }

  private mutating func directHost(for bundle: [Int]) -> Int? {
    guard let first = bundle.first else { return nil }
    let source = state.hostOf[first]
    var best: (cost: Double, host: Int)?
    for host in ways.hosts(for: first) where host != source && fits(bundle, on: host) {
      guard let decision = ways.decision(first, from: source, to: host) else { continue }
      let size = Double(max(cluster.offers[host].memory.bytes, 1))
      let left = Double((state.freeMemory[host] - cluster.memory(first)).bytes) / size
      let cost =
        PlacementCost.disturbance(decision) + left * taste.tightness + taste.noise * draw.fraction()
      if cost < best?.cost ?? .infinity { best = (cost, host) }
    }
    return best?.host
  }

  private mutating func fits(_ bundle: [Int], on host: Int) -> Bool {
    guard bundle.count > 1 else { return bundle.allSatisfy { fits($0, on: host) } }
    let mark = state.steps.count
    defer { state.takeBack(to: mark) }
    for vm in bundle {
      guard ways.hosts(for: vm).contains(host), fits(vm, on: host) else { return false }
      state.move(vm, to: host)
    }
    return true
  }

  private mutating func fits(_ vm: Int, on host: Int) -> Bool {
    budget -= 1
    return host != state.hostOf[vm] && PlacementRules.present(vm, on: host, in: state) == nil
      && ways.decision(vm, from: state.hostOf[vm], to: host) != nil
  }

  // MARK: Ejections

  /// Ways of making room for `bundle`, the cheapest first.
  private mutating func ejections(for bundle: [Int]) -> [Ejection] {
    guard let first = bundle.first else { return [] }
    let source = state.hostOf[first]
    var likely: [(host: Int, missing: MissingRoom, cost: Double)] = []
    for host in ways.hosts(for: first) where host != source {
      budget -= 1
      let missing = MissingRoom(for: bundle, on: host, in: state)
      let cost = Double(missing.memory.bytes) * (1 + taste.noise * draw.fraction())
      likely.append((host, missing, cost))
    }
    likely.sort { ($0.cost, $0.host) < ($1.cost, $1.host) }
    var found: [Ejection] = []
    for (host, missing, _) in likely.prefix(Self.closely) {
      if let ejection = ejection(from: host, missing: missing, for: bundle) { found.append(ejection) }
    }
    return found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
      .map(\.element)
  }

  private mutating func ejection(from host: Int, missing: MissingRoom, for bundle: [Int]) -> Ejection? {
    let rivals = rivals(of: bundle, on: host)
    var first: [(vm: Int, cost: Double)] = []
    for rival in rivals {
      guard let cost = cost(ofEjecting: rival) else { return nil }
      first.append((rival, cost))
    }
    var others: [(vm: Int, cost: Double)] = []
    for vm in state.residents[host] where !rivals.contains(vm) {
      if let cost = cost(ofEjecting: vm) { others.append((vm, cost)) }
    }
    return EjectionChoice(host: host, cluster: cluster).cheapest(covering: missing, first: first, of: others)
  }

  /// Members of anti-affinity groups that keep `bundle` away from `host`.
  private func rivals(of bundle: [Int], on host: Int) -> [Int] {
    var rivals: [Int] = []
    for vm in bundle {
      for group in cluster.groups.of(vm) where group.relation == .antiAffinity && group.strictness == .hard {
        if let rival = state.member(of: group, besides: vm, inPlaceOf: host), !rivals.contains(rival) {
          rivals.append(rival)
        }
      }
    }
    return rivals
  }

  private mutating func cost(ofEjecting vm: Int) -> Double? {
    guard !busy.contains(vm), let seconds = ways.seconds(vm, from: state.hostOf[vm]) else { return nil }
    let cost = (seconds + Self.effort) * (1 + taste.noise * draw.fraction())
    return hasRoomElsewhere(vm) ? cost : cost * (1 + Self.detour)
  }

  private mutating func hasRoomElsewhere(_ vm: Int) -> Bool {
    ways.hosts(for: vm).contains { host in
      guard cluster.memory(vm) <= state.freeMemory[host] else { return false }
      return fits(vm, on: host)
    }
  }
}
