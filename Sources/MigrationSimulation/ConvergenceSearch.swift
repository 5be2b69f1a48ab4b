public import EvacuationModel
public import Quantities

/// Searches for what would make one migration converge: the numbers an operator can act on.
public struct ConvergenceSearch: Sendable {
  /// Bytes per second: no search goes below, where a migration of an idle guest would still end, in ages.
  private static let leastRate = 1.0

  private let demand: MigrationDemand
  private let bandwidth: DataRate

  /// A search around `demand` on a path that carries `bandwidth`.
  public init(demand: MigrationDemand, bandwidth: DataRate) {
    self.demand = demand
    self.bandwidth = bandwidth
  }

  /// The smallest limit, bandwidth and throttle that help, each alone, and what post-copy would take.
  public func remedies() -> ConvergenceRemedies {
    let limit = demand.options.schedule.final
    let postCopy = MigrationForecaster.run(
      bare { $0.postCopyAfterFirstPass = true }, bandwidth: bandwidth)
    return ConvergenceRemedies(
      pauseNeeded: smallest(from: 0, to: demand.curve.touched / max(bandwidth.bytesPerSecond, 1) + 1) {
        seconds in
        converges(limit: seconds, bandwidth: bandwidth)
      }.map { Duration(clampingSeconds: $0) },
      bandwidthNeeded: smallest(from: Self.leastRate, to: 1e12) { rate in
        converges(limit: limit, bandwidth: DataRate(bytesPerSecond: rate), uncapped: true)
      }.map { DataRate(bytesPerSecond: $0) },
      throttleNeeded: smallest(from: 0, to: 0.99) { throttle in
        converges(limit: limit, bandwidth: bandwidth, dirty: 1 - throttle)
      }.map { Ratio($0) },
      postCopyDuration: postCopy.duration ?? .zero, postCopyDowntime: postCopy.downtime)
  }

  /// The least bandwidth at which the migration completes under its own rules within `maxDowntime`; `nil` if no
  /// bandwidth up to `bandwidth` does. To within 2 %: whoever guarantees a share leaves more room than that.
  public func leastBandwidth(maxDowntime: Duration?) -> DataRate? {
    let acceptable = { (rate: Double) in
      let forecast = MigrationForecaster.run(demand, bandwidth: DataRate(bytesPerSecond: rate))
      return forecast.completes && maxDowntime.map { forecast.downtime <= $0 } ?? true
    }
    return smallest(from: Self.leastRate, to: bandwidth.bytesPerSecond, within: 0.02, acceptable).map {
      DataRate(bytesPerSecond: $0)
    }
  }

  private func bare(_ change: (inout PreCopyOptions) -> Void) -> MigrationDemand {
    demand.with { options in
      options.autoConverge = nil
      options.deadline = .infinity
      options.postCopyPermitted = false
      change(&options)
    }
  }

  private func converges(
    limit seconds: Double, bandwidth: DataRate, dirty: Double = 1, uncapped: Bool = false
  ) -> Bool {
    var question = demand.with(
      { options in
        options.schedule = DowntimeSchedule(.fixed(Duration(clampingSeconds: seconds)), dataGibibytes: 1)
        options.autoConverge = nil
        options.deadline = .infinity
        options.postCopyPermitted = false
        options.postCopyAfterFirstPass = false
        options.postCopyAt = nil
        options.recordsRounds = false
      }, dirty: dirty)
    if uncapped { question = question.withoutCap() }
    return MigrationForecaster.run(question, bandwidth: bandwidth).completes
  }

  /// The smallest value from `low` to `high` for which `holds`, to within a share `tolerance`, by halving; `holds`
  /// must not turn false again above it.
  private func smallest(
    from low: Double, to high: Double, within tolerance: Double = 0.001, _ holds: (Double) -> Bool
  ) -> Double? {
    guard holds(high) else { return nil }
    var low = low
    var high = high
    // Halving the exponent first: a bandwidth may lie anywhere between 1 MB/s and 1 TB/s.
    while high > 1e3, holds(high / 4) { high /= 4 }
    low = max(low, high > 1e3 ? high / 4 : low)
    for _ in 0..<40 where high - low > tolerance * high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
