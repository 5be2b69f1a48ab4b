import EvacuationModel
import Quantities

/// What a migration does in each draw: the quantiles of its duration and pause, and how often it does not complete.
struct ForecastBand: Sendable {
  /// Seconds, ascending; infinite where it never ends.
  private var durations: [Double] = []
  /// Seconds, ascending, of the draws that complete.
  private var pauses: [Double] = []

  /// Runs `demand` once for each of `draws` on a path that carries `bandwidth`.
  init(_ demand: MigrationDemand, bandwidth: DataRate, draws: ForecastDraws) {
    durations.reserveCapacity(ForecastDraws.count)
    pauses.reserveCapacity(ForecastDraws.count)
    for draw in draws.draws {
      let path = bandwidth * demand.bandwidthFactor(draw)
      let run = MigrationForecaster.finishedRun(demand.drawn(draw), bandwidth: path)
      let shift = demand.fixedShift(draw)
      durations.append(run.phase == .stuck ? .infinity : max(0, run.elapsed + shift))
      if run.completes { pauses.append(run.pauseSeconds) }
    }
    durations.sort()
    pauses.sort()
  }

  /// The share of draws that do not complete.
  var probabilityOfNotConverging: Ratio {
    Ratio(1 - Double(pauses.count) / Double(max(1, durations.count)))
  }

  /// The duration that `share` of the draws stay below; `nil` where that is for ever.
  func duration(_ share: Double) -> Duration? {
    let seconds = Self.quantile(share, of: durations)
    return seconds.isFinite ? Duration(clampingSeconds: seconds) : nil
  }

  /// The pause that `share` of the completing draws stay below; `nil` where none completes.
  func pause(_ share: Double) -> Duration? {
    pauses.isEmpty ? nil : Duration(clampingSeconds: Self.quantile(share, of: pauses))
  }

  /// Between the middles of the steps of the empirical distribution, linear.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = max(0, min(Double(sorted.count) * share - 0.5, Double(sorted.count - 1)))
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    let part = place - Double(below)
    return part == 0 ? sorted[below] : sorted[below] + part * (sorted[above] - sorted[below])
  }
}
