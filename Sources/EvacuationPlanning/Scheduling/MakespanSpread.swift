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

  /// The median and the ninetieth percentile.
  func quantiles() -> (p50: Duration, p90: Duration) {
    guard !schedule.moves.isEmpty else { return (.zero, .zero) }
    var generator = SeededGenerator(seed: seed)
    let ends = (0..<Self.trials).map { _ in trial(&generator) }.sorted()
    return (
      Duration(clampingSeconds: ends[Self.trials / 2]), Duration(clampingSeconds: ends[Self.trials * 9 / 10])
    )
  }

  private func trial(_ generator: inout SeededGenerator) -> Double {
    let common = generator.normal()
    var ends: [Int: Double] = [:]
    var barrier = 0.0
    var latest = 0.0
    var batch = 0
    for step in schedule.moves {
      if batching == .barrier, step.batch != batch {
        barrier = latest
        batch = step.batch
      }
      let waited = step.waitedFor.compactMap { ends[$0] }.max() ?? 0
      let start = batching == .barrier ? barrier : waited
      let deviation =
        Self.commonShare.squareRoot() * common + (1 - Self.commonShare).squareRoot() * generator.normal()
      let end = start + duration(of: step.forecast, at: deviation)
      ends[step.move] = end
      latest = max(latest, end)
    }
    return latest
  }

  /// The duration at `deviation` standard deviations: log-linear between the forecast's percentiles.
  private func duration(of forecast: MigrationForecast, at deviation: Double) -> Double {
    let middle = forecast.duration?.seconds ?? 0
    let edge = (deviation < 0 ? forecast.durationP10 : forecast.durationP90)?.seconds ?? middle
    guard middle > 0, edge > 0 else { return middle }
    return middle * pow(edge / middle, abs(deviation) / Self.ninetieth)
  }
}
