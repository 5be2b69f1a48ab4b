import EvacuationModel
import Quantities

/// Improves a timetable by local search, for one set of limits: what lies on the path that ends last goes to another
/// host, changes destinations with another guest, or comes to its turn earlier.
///
/// A change is kept when it ends no later than the plan of a while ago did (late acceptance, Burke and Bykov 2017), so
/// that the search climbs out of small holes; the best plan ever seen counts. The search has a stream of random
/// numbers of its own, so that the result for these limits does not depend on what else is tried.
struct ScheduleSearch: Sendable {
  /// What a search has found.
  struct Found: Sendable {
    let order: [Int]
    let moves: [Move]
    let destinations: Destinations?
    let makespan: Double
  }

  private static let memory = 24

  private let paths: MigrationPaths
  private let limits: ConcurrencyLimits
  private let bound: Double
  private var moves: [Move]
  private var destinations: Destinations?
  private let numberOf: [Int: Int]
  private var order: [Int]
  private var draw: SeededGenerator

  /// A search that begins with `start` and ends when it comes near enough to `bound` seconds: within half a per cent
  /// for a thousand moves, whose timetables cost more, and less for fewer.
  init(_ start: Found, paths: MigrationPaths, limits: ConcurrencyLimits, bound: Double, seed: UInt64) {
    self.paths = paths
    self.limits = limits
    self.bound = bound
    moves = start.moves
    destinations = start.destinations
    order = start.order
    numberOf = firstNumbers(moves.map(\.vm))
    draw = SeededGenerator(seed: seed, stream: "schedule-\(limits.liveOutboundPerHost)")
  }

  /// The best of up to `budget.left` schedules.
  mutating func best(_ budget: inout SearchBudget, needs: inout ShareNeeds) -> Found {
    var table = timetable(&needs)
    var best = (makespan: table.makespan, cost: 0.0, found: found(table.makespan))
    var cost = 0.0
    var history = [Double](repeating: table.makespan, count: Self.memory)
    var turn = 0
    var latest = 0
    while table.entries.count == moves.count, !isNear(best.makespan), turn - latest < patience, budget.take()
    {
      guard let change = propose(after: table) else { continue }
      let next = timetable(&needs)
      turn += 1
      let isLater = next.makespan > max(table.makespan, history[turn % Self.memory]) * (1 + 1e-9)
      if isLater || next.entries.count < moves.count {
        undo(change)
      } else {
        table = next
        cost += change.cost
        if (table.makespan, cost) < (best.makespan * (1 - 1e-9), best.cost)
          || table.makespan <= best.makespan * (1 + 1e-9) && cost < best.cost - 1e-9
        {
          if table.makespan < best.makespan * (1 - 1e-9) { latest = turn }
          best = (table.makespan, cost, found(table.makespan))
        }
      }
      history[turn % Self.memory] = table.makespan
    }
    return best.found
  }

  /// So many timetables in a row that are no shorter end the search.
  private var patience: Int { 300 + 30 * moves.count }

  private func isNear(_ makespan: Double) -> Bool {
    makespan <= bound * (1 + 5e-6 * Double(min(moves.count, 1000)))
  }

  private func timetable(_ needs: inout ShareNeeds) -> Timetable {
    BatchBuilder(moves: moves, paths: paths, limits: limits).timetable(order: order, needs: &needs)
  }

  private func found(_ makespan: Double) -> Found {
    Found(order: order, moves: moves, destinations: destinations, makespan: makespan)
  }

  // MARK: Changes

  private struct Step {
    var changes: [Destinations.Change] = []
    var cost = 0.0
    /// Where in the order a move stood and stands now.
    var turn: (from: Int, to: Int)?
  }

  private mutating func propose(after table: Timetable) -> Step? {
    guard let move = critical(table) else { return nil }
    let kind = draw.fraction()
    if destinations != nil, kind < 0.6 {
      let other = moves[draw.integer(in: 0...(moves.count - 1))].vm
      let host = destination(for: moves[move])
      let found =
        kind < 0.35
        ? host.flatMap { destinations?.relocate(moves[move].vm, to: $0) }
        : destinations?.swap(moves[move].vm, other)
      guard let found else { return nil }
      renew(found.changes)
      return Step(changes: found.changes, cost: found.cost)
    }
    return advance(move)
  }

  private mutating func undo(_ step: Step) {
    if !step.changes.isEmpty {
      destinations?.undo(step.changes)
      renew(step.changes)
    }
    if let turn = step.turn { order.insert(order.remove(at: turn.to), at: turn.from) }
  }

  private mutating func renew(_ changes: [Destinations.Change]) {
    for change in changes {
      guard let number = numberOf[change.vm], let move = destinations?.move(change.vm) else { continue }
      moves[number] = move
    }
  }

  /// A move of the chain that ends last, each of which waited for the one before; now and then any move.
  private mutating func critical(_ table: Timetable) -> Int? {
    guard moves.count > 1 else { return nil }
    if draw.fraction() < 0.2 { return draw.integer(in: 0...(moves.count - 1)) }
    let chain = table.criticalChain
    return chain.isEmpty ? nil : chain[draw.integer(in: 0...(chain.count - 1))]
  }

  /// The least busy of a few candidates.
  private mutating func destination(for move: Move) -> Int? {
    guard let candidates = destinations?.candidates(of: move.vm), !candidates.isEmpty else { return nil }
    var best: (arrivals: Int, host: Int)?
    for _ in 0..<3 {
      let host = candidates[draw.integer(in: 0...(candidates.count - 1))].host
      let arrivals = destinations?.state.arrivals(on: host).count ?? 0
      if arrivals < best?.arrivals ?? .max { best = (arrivals, host) }
    }
    return best?.host
  }

  /// Puts a move somewhere else among those of the same priority, mostly earlier.
  private mutating func advance(_ move: Int) -> Step? {
    guard let from = order.firstIndex(of: move) else { return nil }
    let isEarlier = from > 0 && draw.fraction() < 0.7
    let to = isEarlier ? draw.integer(in: 0...(from - 1)) : draw.integer(in: 0...(order.count - 1))
    guard to != from, moves[order[to]].priority == moves[move].priority else { return nil }
    order.insert(order.remove(at: from), at: to)
    return Step(turn: (from, to))
  }
}
