public import EvacuationModel
public import Quantities

extension MigrationForecaster {
  /// What `demand` will do alone on a path that carries `bandwidth`: duration, pause, bytes and rounds, the band
  /// around them, and, unless `remedies` is false, what would help if it does not complete by itself.
  ///
  /// The band comes from sixteen draws that follow from `seed`; the rest is that of the inputs as they are.
  public static func forecast(
    _ demand: MigrationDemand, bandwidth: DataRate, seed: UInt64 = 0, remedies: Bool = true
  ) -> MigrationForecast {
    var forecast = run(demand, bandwidth: bandwidth)
    if demand.prescribed == nil {
      forecast.take(ForecastBand(demand, bandwidth: bandwidth, draws: ForecastDraws(seed: seed)))
    }
    if remedies, demand.mode != .cold, needsHelp(forecast) {
      forecast.remedies = ConvergenceSearch(demand: demand, bandwidth: bandwidth).remedies()
    }
    return forecast
  }

  /// Only the outcome and its numbers, without band and remedies: cheap enough for searches.
  public static func run(_ demand: MigrationDemand, bandwidth: DataRate) -> MigrationForecast {
    let run = finishedRun(demand, bandwidth: bandwidth)
    return run.forecast(bandwidth: min(bandwidth, .fastest, demand.ceiling))
  }

  /// `demand` alone on a path that carries `bandwidth`, at its end or stuck.
  static func finishedRun(_ demand: MigrationDemand, bandwidth: DataRate) -> MigrationRun {
    let capacity = min(bandwidth, .fastest)
    var run = MigrationRun(demand, pathCapacity: capacity.bytesPerSecond)
    run.advance(until: .infinity, rate: min(capacity, demand.ceiling).bytesPerSecond)
    return run
  }

  private static func needsHelp(_ forecast: MigrationForecast) -> Bool {
    switch forecast.outcome {
    case .converges, .notApplicable: false
    case .convergesThrottled, .needsPostCopy, .timesOut, .neverConverges: true
    }
  }
}

extension MigrationForecast {
  /// Takes over the quantiles of `band`, widened where the forecast itself lies outside.
  fileprivate mutating func take(_ band: ForecastBand) {
    durationP10 = [band.duration(0.1), duration].compactMap(\.self).min()
    durationP50 = band.duration(0.5)
    durationP90 =
      if let duration, let slow = band.duration(0.9) { max(slow, duration) } else { nil }
    downtimeP10 = min(band.pause(0.1) ?? downtime, downtime)
    downtimeP50 = band.pause(0.5) ?? downtime
    downtimeP90 = max(band.pause(0.9) ?? downtime, downtime)
    probabilityOfNotConverging = band.probabilityOfNotConverging
  }
}

extension DataRate {
  fileprivate static let fastest = Self(bytesPerSecond: PreCopyConstants.fastestBytesPerSecond)
}

extension MigrationRun {
  /// The forecast that this finished or stuck run amounts to, for a run that had `bandwidth`.
  public func forecast(bandwidth: DataRate) -> MigrationForecast {
    let total: Duration? = phase == .stuck ? nil : Duration(clampingSeconds: elapsed)
    let moved = disks.sent + (memory?.wireBytes ?? 0)
    let (outcome, completes) = ending
    return MigrationForecast(
      mode: demand.mode, outcome: outcome, completes: completes, duration: total,
      downtime: Duration(clampingSeconds: pauseSeconds), bytesTransferred: ByteCount(rounding: moved),
      roundCount: memory?.passes ?? 0, rounds: shiftedRounds, phases: phases, bandwidth: bandwidth,
      pause: pause)
  }

  /// The pause taken apart: what the platform adds is known, the rest is the last round.
  private var pause: PauseParts? {
    guard demand.prescribed == nil, demand.mode != .cold, let memory, memory.downtime > 0,
      let times = demand.options.switchOver
    else { return nil }
    let rest = Duration(
      clampingSeconds: max(0, memory.downtime - memory.socketSeconds - times.total.seconds))
    let isPostCopy = memory.ending == .switchedToPostCopy
    return PauseParts(
      lastRound: isPostCopy ? .zero : rest, socketBuffers: Duration(clampingSeconds: memory.socketSeconds),
      device: times.device + (isPostCopy ? rest : .zero), poll: times.poll,
      handOver: times.handOver + times.tunnel, resume: times.resume, mirrors: times.mirrors)
  }

  private var ending: (ConvergenceOutcome, completes: Bool) {
    if demand.mode == .cold { return (.notApplicable, phase == .finished) }
    if demand.prescribed != nil { return (.converges, true) }
    switch memory?.ending {
    case .converged:
      let throttle = memory?.highestThrottle ?? 0
      return (throttle > 0 ? .convergesThrottled(Ratio(throttle)) : .converges, true)
    case .switchedToPostCopy: return (.needsPostCopy, true)
    case .forced: return (.timesOut, true)
    case .aborted: return (.timesOut, false)
    case .never: return (.neverConverges, false)
    case nil: return (phase == .stuck ? .neverConverges : .timesOut, false)
    }
  }

  /// Whether the guest runs at the destination in the end.
  public var completes: Bool { ending.completes }

  /// Seconds for which the guest does not run.
  var pauseSeconds: Double {
    guard demand.mode == .cold else { return memory?.downtime ?? 0 }
    return demand.guestState == .stopped || phase == .stuck ? 0 : elapsed
  }

  private var phases: MigrationPhases {
    guard demand.prescribed == nil else { return MigrationPhases() }
    return MigrationPhases(
      before: Duration(clampingSeconds: demand.beforeSeconds), disks: Duration(clampingSeconds: diskSeconds),
      memory: Duration(clampingSeconds: max(0, (memory?.elapsed ?? diskSeconds) - diskSeconds)),
      after: Duration(clampingSeconds: demand.afterSeconds),
      firstPass: Duration(clampingSeconds: memory?.firstPass ?? 0))
  }

  private var shiftedRounds: [MigrationRound] {
    (memory?.record.rounds ?? []).map { round in
      var shifted = round
      shifted.start += Duration(clampingSeconds: demand.beforeSeconds)
      return shifted
    }
  }
}
