public import EvacuationModel
import Glibc
public import Quantities

extension MigrationForecaster {
  /// What `demand` will do alone on a path that carries `bandwidth`: duration, pause, bytes and rounds, the band
  /// around them, and what would help if it does not complete.
  public static func forecast(_ demand: MigrationDemand, bandwidth: DataRate) -> MigrationForecast {
    var forecast = run(demand, bandwidth: bandwidth)
    let slow = run(demand.pessimistic, bandwidth: bandwidth * demand.slowFactor)
    let fast = run(demand.optimistic, bandwidth: bandwidth * (1 / demand.slowFactor))
    if demand.prescribed == nil {
      forecast.durationP90 =
        slow.completes || !forecast.completes ? longer(slow.duration, forecast.duration) : slow.duration
      forecast.durationP10 = shorter(fast.duration, forecast.duration)
      forecast.downtimeP90 = max(slow.downtime, forecast.downtime)
    }
    if demand.mode != .cold, needsHelp(forecast) {
      forecast.remedies = ConvergenceSearch(demand: demand, bandwidth: bandwidth).remedies()
    }
    return forecast
  }

  /// Only the outcome and its numbers, without band and remedies: cheap enough for searches.
  public static func run(_ demand: MigrationDemand, bandwidth: DataRate) -> MigrationForecast {
    let capacity = min(bandwidth, DataRate(bytesPerSecond: PreCopyConstants.fastestBytesPerSecond))
    let rate = min(capacity, demand.ceiling)
    var run = MigrationRun(demand, pathCapacity: capacity.bytesPerSecond)
    run.advance(until: .infinity, rate: rate.bytesPerSecond)
    return run.forecast(bandwidth: rate)
  }

  private static func needsHelp(_ forecast: MigrationForecast) -> Bool {
    switch forecast.outcome {
    case .converges, .notApplicable: false
    case .convergesThrottled, .needsPostCopy, .timesOut, .neverConverges: true
    }
  }

  private static func longer(_ one: Duration?, _ other: Duration?) -> Duration? {
    guard let one, let other else { return nil }
    return max(one, other)
  }

  private static func shorter(_ one: Duration?, _ other: Duration?) -> Duration? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}

extension MigrationDemand {
  private static let ninetieth = 1.2816
  private static let together = 0.8

  fileprivate var slowFactor: Double { exp(-Self.ninetieth * Self.together * spread.bandwidthSigma) }

  private var dirtyFactor: Double { exp(Self.ninetieth * Self.together * spread.dirtySigma) }

  fileprivate var pessimistic: Self {
    varied(dirty: dirtyFactor, touched: 1, fixedSeconds: spread.fixedSeconds)
  }

  fileprivate var optimistic: Self {
    varied(dirty: 1 / dirtyFactor, touched: spread.leastTouched, fixedSeconds: -spread.fixedSeconds)
  }
}

extension MigrationRun {
  /// The forecast that this finished or stuck run amounts to, for a run that had `bandwidth`.
  public func forecast(bandwidth: DataRate) -> MigrationForecast {
    let total: Duration? = phase == .stuck ? nil : Duration(clampingSeconds: elapsed)
    let moved = disks.sent + (memory?.wireBytes ?? 0)
    let (outcome, completes) = ending
    return MigrationForecast(
      mode: demand.mode, outcome: outcome, completes: completes, duration: total,
      downtime: downtime(total: total), bytesTransferred: ByteCount(rounding: moved),
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

  private func downtime(total: Duration?) -> Duration {
    if demand.mode == .cold { return demand.guestState == .stopped ? .zero : total ?? .zero }
    return Duration(clampingSeconds: memory?.downtime ?? 0)
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
    (memory?.log.rounds ?? []).map { round in
      var shifted = round
      shifted.start += Duration(clampingSeconds: demand.beforeSeconds)
      return shifted
    }
  }
}
