import EvacuationModel
import Quantities

/// A forecast; `rounds` is their number in a plan, and a list of them where forecasts are all there is.
struct ForecastObject<Rounds: Encodable>: Encodable {
  let outcome: String
  let throttle: JSONNumber?
  let completes: Bool
  let durationSeconds: Nullable<JSONNumber>
  let durationP10Seconds: Nullable<JSONNumber>
  let durationP90Seconds: Nullable<JSONNumber>
  let downtimeSeconds: JSONNumber
  let downtimeP90Seconds: JSONNumber
  let bytesTransferred: Int64
  let rounds: Rounds
  let phases: PhasesObject
  let pause: PauseObject?
  let remedies: RemediesObject?

  init(_ forecast: MigrationForecast, rounds: Rounds) {
    outcome = forecast.outcome.word
    throttle = forecast.outcome.throttle.map { JSONNumber($0) }
    completes = forecast.completes
    durationSeconds = Nullable(forecast.duration.map { JSONNumber($0) })
    durationP10Seconds = Nullable(forecast.durationP10.map { JSONNumber($0) })
    durationP90Seconds = Nullable(forecast.durationP90.map { JSONNumber($0) })
    downtimeSeconds = JSONNumber(forecast.downtime)
    downtimeP90Seconds = JSONNumber(forecast.downtimeP90)
    bytesTransferred = forecast.bytesTransferred.bytes
    self.rounds = rounds
    phases = PhasesObject(forecast.phases)
    pause = forecast.pause.map(PauseObject.init)
    remedies = forecast.remedies.map(RemediesObject.init)
  }
}

/// Where the time goes.
struct PhasesObject: Encodable {
  let beforeSeconds: JSONNumber
  let disksSeconds: JSONNumber
  let firstPassSeconds: JSONNumber
  let memorySeconds: JSONNumber
  let afterSeconds: JSONNumber

  init(_ phases: MigrationPhases) {
    beforeSeconds = JSONNumber(phases.before)
    disksSeconds = JSONNumber(phases.disks)
    firstPassSeconds = JSONNumber(phases.firstPass)
    memorySeconds = JSONNumber(phases.memory)
    afterSeconds = JSONNumber(phases.after)
  }
}

/// What the pause consists of.
struct PauseObject: Encodable {
  let socketBuffersSeconds: JSONNumber
  let lastRoundSeconds: JSONNumber
  let deviceSeconds: JSONNumber
  let pollSeconds: JSONNumber
  let mirrorsSeconds: JSONNumber
  let handOverSeconds: JSONNumber
  let resumeSeconds: JSONNumber

  init(_ pause: PauseParts) {
    socketBuffersSeconds = JSONNumber(pause.socketBuffers)
    lastRoundSeconds = JSONNumber(pause.lastRound)
    deviceSeconds = JSONNumber(pause.device)
    pollSeconds = JSONNumber(pause.poll)
    mirrorsSeconds = JSONNumber(pause.mirrors)
    handOverSeconds = JSONNumber(pause.handOver)
    resumeSeconds = JSONNumber(pause.resume)
  }
}

/// What would help; `null` where nothing of the kind does.
struct RemediesObject: Encodable {
  let pauseNeededSeconds: Nullable<JSONNumber>
  let bandwidthNeededBytesPerSecond: Nullable<JSONNumber>
  let throttleNeeded: Nullable<JSONNumber>
  let postCopyDurationSeconds: JSONNumber
  let postCopyDowntimeSeconds: JSONNumber

  init(_ remedies: ConvergenceRemedies) {
    pauseNeededSeconds = Nullable(remedies.pauseNeeded.map { JSONNumber($0) })
    bandwidthNeededBytesPerSecond = Nullable(remedies.bandwidthNeeded.map { JSONNumber($0) })
    throttleNeeded = Nullable(remedies.throttleNeeded.map { JSONNumber($0) })
    postCopyDurationSeconds = JSONNumber(remedies.postCopyDuration)
    postCopyDowntimeSeconds = JSONNumber(remedies.postCopyDowntime)
  }
}

extension ConvergenceOutcome {
  /// How much the guest is slowed; `nil` for every other outcome.
  var throttle: Ratio? {
    if case .convergesThrottled(let ratio) = self { ratio } else { nil }
  }
}
