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
  let moves: [Move]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits
  /// The destinations, if the search may change them.
  var destinations: Destinations?
  /// A time that no schedule under given limits can beat.
  var bound: @Sendable (ConcurrencyLimits) -> Double = { _ in 0 }
  var seed: UInt64 = 0
  var effort = SearchEffort()

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
    var needs = ShareNeeds(moves)
    var budget = SearchBudget(effort)
    var tries = concurrencies.map { Try(most: $0, found: start($0, needs: &needs)) }
    let byPromise = tries.indices.sorted { (tries[$0].found.makespan, $0) < (tries[$1].found.makespan, $1) }
    for index in byPromise {
      let limits = limits(tries[index].most)
      let bound = bound(limits)
      // What cannot become better than the best so far need not be searched.
      guard bound < (tries.map(\.found.makespan).min() ?? 0) * (1 - 1e-9) else { continue }
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
      remarks: [remark(tries, best: best)].compactMap(\.self))
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
    for order in StartOrder(moves: moves, limits: limits).all {
      let table = builder.timetable(order: order, needs: &needs)
      if table.makespan < (best?.table.makespan ?? .infinity) * (1 - 1e-9) { best = (order, table) }
    }
    return ScheduleSearch.Found(
      order: best?.order ?? Array(moves.indices), moves: moves, destinations: destinations,
      makespan: best?.table.makespan ?? 0)
  }

  /// From one at a time to the most that the limits permit and a host could use; beyond eight only that most.
  private var concurrencies: [Int] {
    let perSource =
      Dictionary(grouping: moves.lazy.filter { !$0.isCold }, by: \.source).values.map(\.count).max() ?? 1
    let most = max(1, min(limits.liveOutboundPerHost.count, perSource))
    return Array(1...min(most, 8)) + (most > 8 ? [most] : [])
  }

  private func remark(_ tries: [Try], best: Try) -> String? {
    guard tries.count > 1, let one = tries.first, let last = tries.last else { return nil }
    let gain = 1 - best.found.makespan / max(one.found.makespan, 1e-9)
    var parts: [String] = []
    if best.most > 1 {
      parts.append("\(best.most) at once per host is \(wholePerCent(gain)) faster than one")
    } else {
      parts.append("one at a time per host is fastest")
    }
    if last.most > best.most {
      let loss = last.found.makespan / max(best.found.makespan, 1e-9) - 1
      if loss > 0.005 {
        parts.append(
          "\(last.most) at once, which the policy permits, would take \(wholePerCent(loss)) longer")
      }
    }
    return parts.joined(separator: "; ")
  }

  /// Schedules are not known to a tenth of a per cent.
  private func wholePerCent(_ share: Double) -> Ratio { .percent((share * 100).rounded()) }
}
