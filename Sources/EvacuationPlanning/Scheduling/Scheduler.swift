import EvacuationModel
import MigrationSimulation
import Quantities

/// Chooses order and concurrency: every concurrency up to the policy's limit is tried, because more at once can
/// be slower, and the shortest schedule counts; of equal ones that with fewer at once.
struct Scheduler: Sendable {
  let moves: [Move]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits

  /// The schedule, and what was found about concurrency in a sentence, if there is anything to say.
  func schedule() -> (schedule: Schedule, remark: String?) {
    let order = moves.indices.sorted { one, other in
      if moves[one].priority != moves[other].priority { return moves[one].priority > moves[other].priority }
      if moves[one].seconds != moves[other].seconds { return moves[one].seconds > moves[other].seconds }
      return one < other
    }
    var needs = ShareNeeds(moves)
    var tried: [(most: Int, schedule: Schedule)] = []
    for most in concurrencies {
      var limits = limits
      limits.liveOutboundPerHost = .atMost(most)
      let schedule = BatchBuilder(moves: moves, paths: paths, limits: limits)
        .schedule(order: order, needs: &needs)
      tried.append((most, schedule))
    }
    guard let best = tried.min(by: { $0.schedule.makespan < $1.schedule.makespan * (1 - 1e-9) }) else {
      return (Schedule(moves: []), nil)
    }
    return (best.schedule, remark(tried, best: best))
  }

  /// From one at a time to the most that the limits permit and a host could use; beyond eight only that most.
  private var concurrencies: [Int] {
    let perSource =
      Dictionary(grouping: moves.lazy.filter { !$0.isCold }, by: \.source).values.map(\.count).max() ?? 1
    let most = max(1, min(limits.liveOutboundPerHost.count, perSource))
    // Each try simulates the whole; large plans keep to the ends of the range.
    guard moves.count * most <= 4000 else { return most > 1 ? [1, most] : [1] }
    return Array(1...min(most, 8)) + (most > 8 ? [most] : [])
  }

  private func remark(
    _ tried: [(most: Int, schedule: Schedule)], best: (most: Int, schedule: Schedule)
  ) -> String? {
    guard tried.count > 1, let one = tried.first, let last = tried.last else { return nil }
    let gain = 1 - best.schedule.makespan / max(one.schedule.makespan, 1e-9)
    var parts: [String] = []
    if best.most > 1 {
      parts.append("\(best.most) at once per host is \(wholePerCent(gain)) faster than one")
    } else {
      parts.append("one at a time per host is fastest")
    }
    if last.most > best.most {
      let loss = last.schedule.makespan / max(best.schedule.makespan, 1e-9) - 1
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
