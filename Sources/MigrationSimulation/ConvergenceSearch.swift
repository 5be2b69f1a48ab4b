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

  /// The smallest limit, bandwidth and throttle that help, each alone and to within 0.5 %, and what post-copy would
  /// take.
  public func remedies() -> ConvergenceRemedies {
    let limit = demand.options.schedule.final
    let postCopy = MigrationForecaster.run(bare { $0.postCopyAfterPasses = 1 }, bandwidth: bandwidth)
    return ConvergenceRemedies(
      pauseNeeded: smallest(upTo: demand.curve.touched / max(bandwidth.bytesPerSecond, 1) + 1) { seconds in
        converges(Trial(limit: seconds, bandwidth: bandwidth))
      }.map { Duration(clampingSeconds: $0) },
      bandwidthNeeded: smallest(upTo: 1e12) { rate in
        converges(Trial(limit: limit, bandwidth: DataRate(bytesPerSecond: rate), isUncapped: true))
      }.map { DataRate(bytesPerSecond: $0) },
      throttleNeeded: smallest(upTo: 0.99) { throttle in
        converges(Trial(limit: limit, bandwidth: bandwidth, pace: 1 - throttle))
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
    var high = min(bandwidth, demand.ceiling).bytesPerSecond
    var low = high / 64
    guard isEnough(high, demand) else { return nil }
    if isEnough(low, question), isEnough(low, demand) { return DataRate(bytesPerSecond: low) }
    while high > low * 1.03 {
      let middle = (low * high).squareRoot()
      if isEnough(middle, question) { high = middle } else { low = middle }
    }
    return DataRate(
      bytesPerSecond: isEnough(high, demand) ? high : min(bandwidth, demand.ceiling).bytesPerSecond)
  }

  private func bare(
    dirty: Double = 1, _ change: (inout PreCopyOptions) -> Void
  ) -> MigrationDemand {
    demand.with(
      { options in
        options.autoConverge = nil
        options.deadline = .infinity
        options.monitor = nil
        options.postCopyPermitted = false
        options.postCopyAfterPasses = nil
        options.postCopyAt = nil
        options.recordsRounds = false
        change(&options)
      }, dirty: dirty)
  }

  /// The migration with one thing changed.
  private struct Trial {
    let limit: Double
    let bandwidth: DataRate
    var pace = 1.0
    var isUncapped = false
  }

  /// Whether it ends by itself: told by where its passes settle, or simulated where quota windows or the order of
  /// writes decide.
  private func converges(_ trial: Trial) -> Bool {
    settles(trial) ?? MigrationForecaster.run(question(trial), bandwidth: trial.bandwidth).completes
  }

  private func question(_ trial: Trial) -> MigrationDemand {
    let question = bare(dirty: trial.pace) { options in
      options.schedule = DowntimeSchedule(.fixed(Duration(clampingSeconds: trial.limit)), dataGibibytes: 1)
    }
    return trial.isUncapped ? question.withoutCap() : question
  }

  private func settles(_ trial: Trial) -> Bool? {
    let options = demand.options
    guard options.writing.isSteadyAndRandom else { return nil }
    let capacity = min(trial.bandwidth.bytesPerSecond, PreCopyConstants.fastestBytesPerSecond)
    let rate = trial.isUncapped ? capacity : min(capacity, demand.ceiling.bytesPerSecond)
    let memory = demand.memoryRates(of: rate, pathCapacity: capacity, isUncapped: trial.isUncapped)
    let longest = PreCopyConstants.horizonSeconds
    guard memory.copying * longest > demand.curve.touched else { return false }
    let disks = BlockCopy(demand)
    guard disks.secondsLeft(rate: rate) < longest else { return false }
    let threshold = memory.copying * trial.limit
    let gain = options.pageCache?.lastingGain(of: demand.curve, rate: memory.copying) ?? 1
    let speed = PassSpeed(rate: memory.copying, lastRate: memory.last, gain: gain)
    guard !speed.isDecidedByBursts(threshold: threshold) else { return nil }
    return FixedPoint(curve: demand.curve, pace: trial.pace, rate: speed.pages)
      .falls(to: threshold, quota: speed.quota)
  }

  /// The smallest value up to `high` for which `holds`, and a little more: within 0.5 % in all. `holds` must not turn
  /// false again above it.
  private func smallest(upTo high: Double, _ holds: (Double) -> Bool) -> Double? {
    guard holds(high) else { return nil }
    var high = high
    // Halving the exponent first: a bandwidth may lie anywhere between 1 MB/s and 1 TB/s.
    while high > 1e3, holds(high / 4) { high /= 4 }
    var low = high > 1e3 ? high / 4 : 0
    for _ in 0..<40 where high - low > 0.002 * high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    // At the very edge passes shrink so slowly that nobody would wait for them.
    return high * 1.003
  }
}
