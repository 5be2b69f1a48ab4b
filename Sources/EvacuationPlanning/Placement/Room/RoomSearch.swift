import EvacuationModel
import MigrationSimulation
import Quantities

/// Empties hosts by moving guests of hosts that stay as well, where there is no room otherwise.
///
/// A first sequence can paint itself into a corner or take the long way, so many are made: in different orders,
/// with different preferences, who was left behind last time first. The best leaves the fewest behind (those of
/// high priority count before all others), is the shortest, and moves the fewest others. How much is tried is
/// counted in rule checks, so that the same question has the same answer on every machine.
struct RoomSearch: Sendable {
  /// What was found.
  struct Outcome: Sendable {
    let cluster: Cluster
    let moves: [Move]
    let state: SequenceState
    let tries: Int

    /// How many of those who have to leave do.
    var leaving: Int { Set(moves.map(\.vm)).count { cluster.isDrained(cluster.homes[$0]) } }
  }

  private static let mostTries = 1500
  /// So many tries in a row that find nothing better end the search.
  private static let patience = 400
  private static let budget = 12_000_000
  /// Another move of a guest that would not have to move has to shorten the whole by this share of it.
  private static let worth = 0.002

  private let cluster: Cluster
  private let bundles: [[Int]]
  private let limits: ConcurrencyLimits
  private let seed: UInt64
  private var ways: GuestWays
  private let start: SequenceState

  /// `bundles` go to one host each, the hardest to place first.
  init(_ cluster: Cluster, bundles: [[Int]], paths: MigrationPaths, chooser: ModeChooser, seed: UInt64) {
    let all = cluster.askingAboutAll()
    self.cluster = all
    self.bundles = bundles
    self.seed = seed
    limits = all.policy.concurrency
    ways = GuestWays(all, paths: paths, chooser: chooser)
    start = SequenceState(all)
  }

  /// The best sequence that was found; earlier if the search is interrupted.
  mutating func outcome(_ effort: SearchEffort) -> Outcome? {
    var best: (value: Value, moves: [Move], state: SequenceState)?
    var bestOrder = bundles
    var order = bundles
    var budget = Self.budget
    var tries = 0
    var latest = 0
    while tries < min(Self.mostTries, latest + Self.patience), budget > 0, !effort.isInterrupted() {
      var draw = SeededGenerator(seed: seed, stream: "room-\(tries)")
      let taste = taste(of: tries, draw: &draw)
      var builder = SequenceBuilder(start, ways: ways, taste: taste, budget: budget, draw: draw)
      let left = builder.settle(order)
      budget = builder.budget - order.count
      ways = builder.ways
      tries += 1
      if holds(builder.state), let moves = moves(of: builder.state) {
        let value = value(of: moves, left: left)
        if value < best?.value ?? .worst {
          best = (value, moves, builder.state)
          latest = tries
          bestOrder = order
        }
        if left.isEmpty, value.others == 0 { break }
      }
      order = reordered(draw.chance(0.5) ? bestOrder : bundles, first: left, draw: &draw)
    }
    return best.map { Outcome(cluster: cluster, moves: $0.moves, state: $0.state, tries: tries) }
  }

  /// The sequence that is known already, as far as its moves still fit, and then whoever is left.
  mutating func continuing(_ known: KnownMoves) -> Outcome? {
    var state = start
    for step in known.steps {
      guard state.hostOf[step.vm] != step.host, ways.hosts(for: step.vm).contains(step.host),
        PlacementRules.present(step.vm, on: step.host, in: state) == nil,
        ways.decision(step.vm, from: state.hostOf[step.vm], to: step.host) != nil
      else { continue }
      state.move(step.vm, to: step.host)
    }
    var builder = SequenceBuilder(
      state, ways: ways, taste: .init(tightness: 1, noise: 0), budget: Self.budget,
      draw: SeededGenerator(seed: seed, stream: "room-known"))
    _ = builder.settle(bundles)
    ways = builder.ways
    guard holds(builder.state), let moves = moves(of: builder.state) else { return nil }
    return Outcome(cluster: cluster, moves: moves, state: builder.state, tries: 1)
  }

  private func taste(of number: Int, draw: inout SeededGenerator) -> SequenceBuilder.Taste {
    guard number > 1 else { return .init(tightness: number == 0 ? 1 : -1, noise: 0) }
    return .init(tightness: draw.number(in: -1...1), noise: draw.number(in: 0.05...1.5))
  }

  /// `bundles` with some pairs exchanged, `first` at the front.
  private func reordered(
    _ bundles: [[Int]], first: [[Int]], draw: inout SeededGenerator
  ) -> [[Int]] {
    let front = Set(first.compactMap(\.first))
    var rest = bundles.filter { $0.first.map { !front.contains($0) } ?? false }
    for place in rest.indices.dropLast() where draw.chance(0.4) {
      rest.swapAt(place, min(rest.count - 1, place + draw.integer(in: 1...4)))
    }
    return first + rest
  }

  /// Whether no hard affinity group that holds now has been torn apart: one of its members may have been placed
  /// before another had to stay.
  private func holds(_ state: SequenceState) -> Bool {
    Set(state.steps.map(\.vm)).allSatisfy { vm in
      cluster.groups.of(vm).allSatisfy { group in
        guard group.bindsTogether else { return true }
        let places = group.members.compactMap { member in
          state.hostOf[member] >= 0 ? cluster.places.place(of: state.hostOf[member], in: group.scope) : nil
        }
        return Set(places).count <= 1
      }
    }
  }

  /// The moves of a sequence with what each waits for; those of others on which nothing depends are left out.
  private mutating func moves(of state: SequenceState) -> [Move]? {
    var steps = state.steps
    while true {
      var moves: [Move] = []
      for step in steps {
        guard let move = ways.move(step) else { return nil }
        moves.append(move)
      }
      let after = Precedence(steps, seconds: moves.map(\.seconds), from: start).after
      let needed = Set(after.joined())
      let kept = steps.indices.filter { needed.contains($0) || cluster.isDrained(steps[$0].source) }
      guard kept.count < steps.count else {
        return RoomReasons(cluster: cluster).explained(zip(moves, after).map { $0.following($1) })
      }
      steps = kept.map { steps[$0] }
    }
  }

  /// What sequences are compared by; less is better.
  private struct Value: Comparable {
    static let worst = Value(left: [.max], seconds: .infinity, others: .max, bytes: .max)

    /// The priorities of those left behind, the highest first.
    let left: [Int]
    /// Until all have ended, each further move counted as a little longer.
    let seconds: Double
    let others: Int
    let bytes: Int64

    static func < (lhs: Self, rhs: Self) -> Bool {
      if lhs.left != rhs.left { return lhs.left.lexicographicallyPrecedes(rhs.left) }
      return (lhs.seconds, lhs.others, lhs.bytes) < (rhs.seconds, rhs.others, rhs.bytes)
    }
  }

  private func value(of moves: [Move], left: [[Int]]) -> Value {
    let others = moves.count { !cluster.isDrained($0.source) }
    let seconds = SequenceForecast.makespan(moves, limits: limits)
    return Value(
      left: left.joined().map { cluster.settings(of: $0).priority }.sorted(by: >),
      seconds: seconds * (1 + Self.worth * Double(others)), others: others,
      bytes: moves.map(\.decision.forecast.bytesTransferred).sum().bytes)
  }
}
