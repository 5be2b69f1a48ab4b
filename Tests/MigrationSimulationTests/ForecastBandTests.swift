import EvacuationModel
import MigrationSimulation
import Quantities
import Testing

@Suite struct `The band around a forecast` {
  /// 900 MB of 4 GiB written at `rate` MB/s over 100 MB/s with a limit of half a second: 105.9 MB/s is the most that
  /// converges.
  private func experiment(
    _ rate: Double, _ change: (inout MigrationExperiment) -> Void = { _ in }
  ) -> MigrationExperiment {
    var experiment = MigrationExperiment(
      memory: .gibibytes(4),
      curve: DirtyCurve(classes: [(9e8, rate * 1e6 / 9e8)], touched: .gibibytes(4)),
      wireRate: .megabytesPerSecond(100), downtimeLimit: .fixed(.milliseconds(500)))
    experiment.spread = ForecastSpread(
      bandwidthSigma: 0.05, dirtySigma: 0.1, leastTouched: 0.9, fixedSeconds: 1)
    change(&experiment)
    return experiment
  }

  private func forecast(
    _ rate: Double, seed: UInt64 = 0, _ change: (inout MigrationExperiment) -> Void = { _ in }
  ) -> MigrationForecast {
    MigrationForecaster.forecast(
      experiment(rate, change).demand, bandwidth: .megabytesPerSecond(100), seed: seed)
  }

  @Test func `is the same for the same seed and another for another`() {
    #expect(forecast(60, seed: 7) == forecast(60, seed: 7))
    #expect(forecast(60, seed: 7).durationP90 != forecast(60, seed: 8).durationP90)
  }

  @Test func `is nothing where nothing is uncertain`() {
    let forecast = forecast(60) {
      $0.spread = ForecastSpread(bandwidthSigma: 0, dirtySigma: 0, leastTouched: 1, fixedSeconds: 0)
    }
    #expect(forecast.durationP10 == forecast.duration && forecast.durationP90 == forecast.duration)
    #expect(forecast.downtimeP10 == forecast.downtime && forecast.downtimeP90 == forecast.downtime)
  }

  @Test(arguments: [0, 1, 2, 3] as [UInt64])
  func `of an idle guest is what its bandwidth alone would give`(seed: UInt64) throws {
    let forecast = forecast(0, seed: seed) {
      $0.spread = ForecastSpread(bandwidthSigma: 0.1, dirtySigma: 0, leastTouched: 1, fixedSeconds: 0)
    }
    let duration = try #require(forecast.duration).seconds
    // The tenth percentile of a log-normal bandwidth lies 1.28 standard deviations below its median.
    for (quantile, factor) in [
      (forecast.durationP10, 0.880), (forecast.durationP50, 1), (forecast.durationP90, 1.137),
    ] {
      #expect(abs((quantile?.seconds ?? 0) / duration - factor) < 0.012)
    }
  }

  @Test func `holds a limit that is set, whatever the path carries`() throws {
    let limited = forecast(0) {
      $0.bandwidthLimit = .megabytesPerSecond(20)
      $0.spread = ForecastSpread(bandwidthSigma: 0.1, dirtySigma: 0, leastTouched: 1, fixedSeconds: 0)
    }
    let (fast, slow) = (try #require(limited.durationP10), try #require(limited.durationP90))
    #expect((slow - fast) / slow < 0.05)
  }

  @Test func `says how often a guest near the edge does not converge`() {
    let shares = [20.0, 60, 104, 107, 400].map { forecast($0).probabilityOfNotConverging.fraction }
    #expect(shares == shares.sorted())
    #expect(shares[1] == 0 && shares[4] == 1)
    #expect((0.2...0.8).contains(shares[2]), "\(shares)")
  }

  @Test func `has no end where one case in five never ends`() {
    let forecast = forecast(98)
    #expect((0.11...0.4).contains(forecast.probabilityOfNotConverging.fraction))
    #expect(forecast.duration != nil && forecast.durationP50 != nil)
    #expect(forecast.durationP90 == nil)
  }

  @Test func `widens with the time that orchestration may take`() throws {
    let narrow = forecast(20) { $0.spread.fixedSeconds = 0 }
    let wide = forecast(20) { $0.spread.fixedSeconds = 20 }
    func width(_ forecast: MigrationForecast) throws -> Duration {
      try #require(forecast.durationP90) - #require(forecast.durationP10)
    }
    #expect(try width(wide) > width(narrow) + .seconds(10))
  }

  @Test func `needs no remedies to be told`() {
    let demand = experiment(400).demand
    let plain = MigrationForecaster.forecast(demand, bandwidth: .megabytesPerSecond(100), remedies: false)
    #expect(plain.remedies == nil)
    #expect(plain.probabilityOfNotConverging == forecast(400).probabilityOfNotConverging)
  }
}

@Suite struct `The fixed point of a diverging guest` {
  private struct Case {
    let curve: DirtyCurve
    let rate: DataRate

    init(seed: Int) {
      var random = SeededGenerator(seed: UInt64(seed))
      let bandwidth = random.number(in: 5e7...5e8)
      let hot = random.number(in: 4e8...2e9)
      let cold = random.number(in: 0...4e9)
      curve = DirtyCurve(
        classes: [
          (hot, bandwidth * random.number(in: 2...6) / hot),
          (cold, bandwidth * random.number(in: 0...0.3) / max(cold, 1)),
        ], touched: .gibibytes(8))
      rate = DataRate(bytesPerSecond: bandwidth)
    }

    func forecast(limit: Duration = .milliseconds(300), pace: Double = 1, bandwidth: Double = 1)
      -> MigrationForecast
    {
      let experiment = MigrationExperiment(
        memory: .gibibytes(8), curve: curve.scaled(by: pace), wireRate: rate * bandwidth,
        downtimeLimit: .fixed(limit))
      return MigrationForecaster.forecast(experiment.demand, bandwidth: rate * bandwidth)
    }
  }

  @Test(arguments: 1...40) func `gives remedies that help, and no smaller ones do`(seed: Int) throws {
    let guest = Case(seed: seed)
    let stuck = guest.forecast()
    #expect(stuck.outcome == .neverConverges)
    let remedies = try #require(stuck.remedies)
    let pause = try #require(remedies.pauseNeeded)
    #expect(guest.forecast(limit: pause * 1.005).completes)
    #expect(!guest.forecast(limit: pause * 0.97).completes)
    let bandwidth = try #require(remedies.bandwidthNeeded).bytesPerSecond / guest.rate.bytesPerSecond
    #expect(guest.forecast(bandwidth: bandwidth * 1.005).completes)
    #expect(!guest.forecast(bandwidth: bandwidth * 0.97).completes)
    let pace = 1 - (try #require(remedies.throttleNeeded)).fraction
    #expect(guest.forecast(pace: pace * 0.995).completes)
    #expect(!guest.forecast(pace: pace * 1.03).completes)
  }

  @Test func `has as many passes as Platform9's log, in a few turns`() {
    // 12,800 s at 7.3 s a pass.
    let passes = Platform9Guest.all[0].forecast().roundCount
    #expect((1650...1830).contains(passes), "\(passes)")
  }
}
