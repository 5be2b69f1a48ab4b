import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// Plays a plan many times, each time with inputs drawn from the spreads that the forecasts' bands have too, and
/// keeps when it ended.
///
/// Of a deviation's variance a part is common to all steps of a trial (`ForecastSpread.commonShare`); the rest is each
/// step's own.
struct WindowTrials: Sendable {
  /// Seconds, ascending; infinite for those that never end.
  let ends: [Double]
  /// Migrations that did not complete, on average.
  let meanNotCompleted: Double

  /// Plays `script` `count` times; the same seed gives the same trials.
  init(_ script: PlanScript, seed: UInt64, count: Int) {
    var ends: [Double] = []
    ends.reserveCapacity(count)
    var notCompleted = 0
    var draw = SeededGenerator(seed: seed, stream: "window")
    for _ in 0..<count {
      let common = Deviation(&draw)
      let network = exp(ForecastSpread.bandwidthSigma * common.bandwidth)
      var trial = PlanTrial(script, networkFactor: network)
      let result = trial.run { step in
        let demand = script.moves[step].decision.demand
        return (demand.rehearsed(common.mixed(with: Deviation(&draw), share: demand.commonShare)), network)
      }
      ends.append(result.end)
      notCompleted += result.notCompleted
    }
    self.ends = ends.sorted()
    meanNotCompleted = Double(notCompleted) / Double(max(1, count))
  }

  /// The earliest end that at least `share` of the trials keep, in seconds.
  func end(_ share: Double) -> Double {
    guard !ends.isEmpty else { return 0 }
    let place = (share * Double(ends.count) - 1e-9).rounded(.up) - 1
    return ends[Int(max(0, min(place, Double(ends.count - 1))))]
  }

  /// The share of trials that end within `seconds`.
  func probability(of seconds: Double) -> Ratio {
    Ratio(Double(ends.count { $0 <= seconds }) / Double(max(1, ends.count)))
  }
}

/// Four standard normal numbers: how far off each input is.
private struct Deviation {
  let bandwidth: Double
  let dirty: Double
  let touched: Double
  let fixed: Double

  init(_ draw: inout SeededGenerator) {
    bandwidth = draw.normal()
    dirty = draw.normal()
    touched = draw.normal()
    fixed = draw.normal()
  }

  /// Of this and `own`, weighted so that the whole is standard normal again.
  func mixed(with own: Self, share: Double) -> InputDraw {
    let (mine, others) = (share.squareRoot(), (1 - share).squareRoot())
    return InputDraw(
      bandwidth: mine * bandwidth + others * own.bandwidth, dirty: mine * dirty + others * own.dirty,
      touched: Self.uniform(mine * touched + others * own.touched),
      fixed: Self.uniform(mine * fixed + others * own.fixed))
  }

  /// The share of a normal distribution below `deviation`.
  private static func uniform(_ deviation: Double) -> Double { 0.5 * erfc(-deviation / 2.0.squareRoot()) }
}
