public import EvacuationModel
public import Quantities

/// Searches for what would make one migration converge: the numbers an operator can act on.
public struct ConvergenceSearch: Sendable {
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
      bare { $0.postCopyAfterPasses = 1 }, bandwidth: bandwidth)
    return ConvergenceRemedies(
      pauseNeeded: smallest(from: 0, to: demand.curve.touched / max(bandwidth.bytesPerSecond, 1) + 1) {
        seconds in
        converges(limit: seconds, bandwidth: bandwidth)
      }.map { Duration(clampingSeconds: $0) },
      bandwidthNeeded: smallest(from: 0, to: 1e12) { rate in
        converges(limit: limit, bandwidth: DataRate(bytesPerSecond: rate), uncapped: true)
      }.map { DataRate(bytesPerSecond: $0) },
      throttleNeeded: smallest(from: 0, to: 0.99) { throttle in
        converges(limit: limit, bandwidth: bandwidth, dirty: 1 - throttle)
      }.map { Ratio($0) },
      postCopyDuration: postCopy.duration ?? .zero, postCopyDowntime: postCopy.downtime)
  }

  /// The least bandwidth, to within 3 % and not below a sixty-fourth of the path's, at which the migration completes
  /// under its own rules within `maxDowntime`; `nil` if even the whole path does not do.
  ///
  /// A limit that rises with time counts with its last value: before that a slower migration only waits.
  public func leastBandwidth(maxDowntime: Duration?) -> DataRate? {
    let question = demand.with { options in
      options.schedule = DowntimeSchedule(
        .fixed(Duration(clampingSeconds: options.schedule.final)), dataGibibytes: 1)
    }
    let isEnough = { (rate: Double, demand: MigrationDemand) in
      let forecast = MigrationForecaster.run(demand, bandwidth: DataRate(bytesPerSecond: rate))
      return forecast.completes && maxDowntime.map { forecast.downtime <= $0 } ?? true
    }
    var high = min(bandwidth, demand.cap).bytesPerSecond
    var low = high / 64
    guard isEnough(high, demand) else { return nil }
    if isEnough(low, question), isEnough(low, demand) { return DataRate(bytesPerSecond: low) }
    while high > low * 1.03 {
      let middle = (low * high).squareRoot()
      if isEnough(middle, question) { high = middle } else { low = middle }
    }
    return DataRate(bytesPerSecond: isEnough(high, demand) ? high : min(bandwidth, demand.cap).bytesPerSecond)
  }

  private func bare(_ change: (inout PreCopyOptions) -> Void) -> MigrationDemand {
    demand.with { options in
      options.autoConverge = nil
      options.deadline = .infinity
      options.monitor = nil
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
        options.monitor = nil
        options.postCopyPermitted = false
        options.postCopyAfterPasses = nil
        options.postCopyAt = nil
        options.recordsRounds = false
      }, dirty: dirty)
    if uncapped { question = question.withoutCap() }
    return MigrationForecaster.run(question, bandwidth: bandwidth).completes
  }

  /// The smallest value of `range` for which `holds`, to within 0.5 %, by halving; `holds` must not turn false
  /// again above it.
  private func smallest(from low: Double, to high: Double, _ holds: (Double) -> Bool) -> Double? {
    guard holds(high) else { return nil }
    var low = low
    var high = high
    // Halving the exponent first: a bandwidth may lie anywhere between 1 MB/s and 1 TB/s.
    while high > 1e3, holds(high / 4) { high /= 4 }
    low = max(low, high > 1e3 ? high / 4 : low)
    for _ in 0..<40 where high - low > 0.005 * high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
