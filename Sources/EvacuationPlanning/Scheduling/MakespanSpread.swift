import EvacuationModel
import Glibc
import Quantities

/// The makespan's distribution: durations drawn from each step's P10, P50 and P90, replayed over what each step
/// waited for.
///
/// Half of a step's deviation is common to all steps, because they share the same network and the same doubts
/// about it; the other half is its own.
struct MakespanSpread: Sendable {
  private static let trials = 400
  private static let commonShare = 0.5
  private static let ninetieth = 1.2816

  let schedule: Schedule
  let batching: Batching
  let seed: UInt64
  /// Of a rolling maintenance: who arrives on hosts that have to be back before.
  var moves: [Move] = []
  var rolling: RollingOutcome?

  /// The median and the ninetieth percentile.
  func quantiles(_ memo: PlanningMemo? = nil) -> (p50: Duration, p90: Duration) {
    guard !schedule.moves.isEmpty else { return (.zero, .zero) }
    var generator = SeededGenerator(seed: seed)
    let steps = steps()
    // What is known for certain need not be drawn.
    if let rolling, steps.allSatisfy({ $0.shorter == 0 && $0.longer == 0 }) {
      let makespan = Duration(clampingSeconds: rolling.makespan)
      return (makespan, makespan)
    }
    let known = memo?.deviations(seed: seed, count: Self.trials * (steps.count + 1))
    var ends = [Double](repeating: 0, count: steps.count)
    var drawn = 0
    let makespans = (0..<Self.trials).map { _ in
      trial(steps, &ends) {
        defer { drawn += 1 }
        return known?[drawn] ?? generator.normal()
      }
    }.sorted()
    return (
      Duration(clampingSeconds: makespans[Self.trials / 2]),
      Duration(clampingSeconds: makespans[Self.trials * 9 / 10])
    )
  }

  /// A step as every trial needs it.
  private struct Step {
    let batch: Int
    /// Earlier steps, by their place in the schedule.
    let waitedFor: [Int]
    let duration: Double
    /// Logarithms of how much shorter and longer it is a standard deviation away.
    let shorter: Double
    let longer: Double
    /// The host that its guest leaves, if that is maintained afterwards, and those that have to be back before.
    let empties: Int?
    let awaits: [Int]

    /// The duration at `deviation` standard deviations: log-linear between the forecast's percentiles.
    func duration(at deviation: Double) -> Double {
      let slope = deviation < 0 ? shorter : longer
      return slope == 0 ? duration : duration * exp(slope * abs(deviation))
    }
  }

  private func steps() -> [Step] {
    let places = firstNumbers(schedule.moves.map(\.move))
    return schedule.moves.enumerated().map { place, scheduled in
      let forecast = scheduled.forecast
      let middle = forecast.duration?.seconds ?? 0
      func slope(_ edge: Duration?) -> Double {
        guard let edge = edge?.seconds, middle > 0, edge > 0 else { return 0 }
        return log(edge / middle) / Self.ninetieth
      }
      return Step(
        batch: scheduled.batch,
        waitedFor: scheduled.waitedFor.compactMap { places[$0] }.filter { $0 < place },
        duration: middle, shorter: slope(forecast.durationP10), longer: slope(forecast.durationP90),
        empties: rolling?.empties(moves[scheduled.move], start: scheduled.start),
        awaits: rolling?.awaits(moves[scheduled.move], start: scheduled.start) ?? [])
    }
  }

  private func trial(_ steps: [Step], _ ends: inout [Double], deviation: () -> Double) -> Double {
    let common = Self.commonShare.squareRoot() * deviation()
    let own = (1 - Self.commonShare).squareRoot()
    var barrier = 0.0
    var latest = 0.0
    var back: [Int: Double] = [:]
    var batch = 0
    for (place, step) in steps.enumerated() {
      if batching == .barrier, step.batch != batch {
        barrier = latest
        batch = step.batch
      }
      let waited = step.waitedFor.reduce(0) { max($0, ends[$1]) }
      let free = batching == .barrier ? barrier : waited
      let start = step.awaits.reduce(free) { max($0, back[$1] ?? 0) }
      let end = start + step.duration(at: common + own * deviation())
      ends[place] = end
      if let host = step.empties { back[host] = max(back[host] ?? 0, end + (rolling?.maintenance ?? 0)) }
      latest = max(latest, end)
    }
    return back.values.reduce(latest) { max($0, $1) }
  }
}
