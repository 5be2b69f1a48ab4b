import EvacuationModel
import MigrationSimulation
import Quantities

/// Chooses order, concurrency and, where they may still change, destinations: every concurrency up to the policy's
/// limit is tried, because more at once can be slower, and the shortest schedule counts; of equal ones that with
/// fewer at once.
///
/// What is found for one concurrency depends on nothing but that concurrency, so that a policy that permits more
/// never has a longer plan.
struct Scheduler: Sendable {
  /// So many at once are tried one by one.
  private static let mostTried = 8
  /// Larger plans are not asked what a higher limit would bring.
  private static let mostToAdvise = 500

  let moves: [Move]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits
  /// What a guest is called, by number.
  let name: @Sendable (Int) -> String
  /// The destinations, if the search may change them.
  var destinations: Destinations?
  /// A time that no schedule under given limits can beat.
  var bound: @Sendable (ConcurrencyLimits) -> Double = { _ in 0 }
  var seed: UInt64 = 0
  /// The order that is known already; no other is tried then.
  var order: [Int]?
  var effort = SearchEffort()
  var memo = ForecastMemo()

  /// The best that was found.
  struct Outcome {
    let moves: [Move]
    let schedule: Schedule
    /// Where everybody goes, if the search was free to change that.
    let placement: PlacementState?
    /// What was found about concurrency, in sentences.
    let remarks: [String]
  }

  /// One concurrency with the best that is known of it.
  private struct Try {
    let most: Int
    var found: ScheduleSearch.Found
  }

  func outcome() -> Outcome {
    var starts = ScheduleStarts()
    return outcome(&starts)
  }

  /// The same, where `starts` may be known from a plan for the same moves.
  func outcome(_ starts: inout ScheduleStarts) -> Outcome {
    var needs = ShareNeeds(moves, memo: memo)
    var budget = SearchBudget(effort)
    var tries: [Try] = []
    for most in concurrencies {
      let found = starts.start(limits(most), needs: &needs) { start(most, needs: &$0) }
      tries.append(Try(most: most, found: found))
    }
    let byPromise = tries.indices.sorted { (tries[$0].found.makespan, $0) < (tries[$1].found.makespan, $1) }
    for index in byPromise where effort.schedules(moves: moves.count) > 0 {
      let limits = limits(tries[index].most)
      let bound = bound(limits)
      // What cannot become better than the best so far need not be searched.
      guard order == nil, bound < (tries.map(\.found.makespan).min() ?? 0) * (1 - 1e-9) else { continue }
      var search = ScheduleSearch(tries[index].found, paths: paths, limits: limits, bound: bound, seed: seed)
      budget.grant(effort.schedules(moves: moves.count))
      tries[index].found = search.best(&budget, needs: &needs)
    }
    guard let best = tries.min(by: { $0.found.makespan < $1.found.makespan * (1 - 1e-9) }) else {
      return Outcome(moves: moves, schedule: Schedule(moves: []), placement: destinations?.state, remarks: [])
    }
    let schedule = BatchBuilder(moves: best.found.moves, paths: paths, limits: limits(best.most))
      .schedule(order: best.found.order, needs: &needs)
    return Outcome(
      moves: best.found.moves, schedule: schedule, placement: best.found.destinations?.state,
      remarks: effort.advises ? [advice(tries, needs: &needs).sentence].compactMap(\.self) : [])
  }

  private func limits(_ most: Int) -> ConcurrencyLimits {
    var limits = limits
    limits.liveOutboundPerHost = .atMost(most)
    return limits
  }

  /// The better of the orders to begin with.
  private func start(_ most: Int, needs: inout ShareNeeds) -> ScheduleSearch.Found {
    let limits = limits(most)
    let builder = BatchBuilder(moves: moves, paths: paths, limits: limits)
    var best: (order: [Int], table: Timetable)?
    for order in order.map({ [$0] }) ?? StartOrder(moves: moves, limits: limits).all {
      let table = builder.timetable(order: order, needs: &needs)
      if table.makespan < (best?.table.makespan ?? .infinity) * (1 - 1e-9) { best = (order, table) }
    }
    return ScheduleSearch.Found(
      order: best?.order ?? Array(moves.indices), moves: moves, destinations: destinations,
      makespan: best?.table.makespan ?? 0)
  }

  /// From one at a time to the most that the limits permit and a host could use; beyond eight only that most.
  private var concurrencies: [Int] {
    let most = max(1, min(limits.liveOutboundPerHost.count, mostPerSource))
    return Array(1...min(most, Self.mostTried)) + (most > Self.mostTried ? [most] : [])
  }

  /// The most live and block migrations that any host has to send.
  private var mostPerSource: Int {
    Dictionary(grouping: moves.lazy.filter { !$0.isCold }, by: \.source).values.map(\.count).max() ?? 1
  }

  /// What is advised about concurrency; for large plans only what the search came by.
  private func advice(_ tries: [Try], needs: inout ShareNeeds) -> ConcurrencyAdvice {
    let most = tries.last?.most ?? 1
    let isSmall = moves.count <= Self.mostToAdvise
    var beyond: [ConcurrencyAdvice.Finding] = []
    for more in stride(from: most + 1, through: isSmall ? min(Self.mostTried, mostPerSource) : 0, by: 1) {
      beyond.append(.init(most: more, makespan: start(more, needs: &needs).makespan))
    }
    return ConcurrencyAdvice(
      permitted: tries.map { .init(most: $0.most, makespan: $0.found.makespan) }, beyond: beyond,
      breaking: isSmall ? breaking(through: max(most, 2), needs: &needs) : nil)
  }

  /// The first number of equal shares of which one is too little for some guest, with the guest that needs the most.
  private func breaking(through most: Int, needs: inout ShareNeeds) -> (most: Int, vm: String)? {
    var worst: (share: Double, move: Int)?
    for (index, move) in moves.enumerated() where move.decision.demand.prescribed == nil && !move.isCold {
      let share = needs.least(index, of: move) / max(move.capacity, 1)
      if share > worst?.share ?? 0 { worst = (share, index) }
    }
    guard let worst,
      let first = (2...max(2, min(most, mostPerSource))).first(where: { worst.share * Double($0) > 1 })
    else { return nil }
    return (first, name(moves[worst.move].vm))
  }
}
