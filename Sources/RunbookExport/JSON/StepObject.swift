import EvacuationModel
import Quantities

/// A migration in a plan.
struct StepObject: Encodable {
  let id: String
  let wave: Int
  let batch: Int
  let vm: String
  let guest: GuestObject
  let mode: String
  let postCopy: Bool
  let autoConverge: Bool
  let source: String
  let destination: String
  let startSeconds: JSONNumber
  let endSeconds: JSONNumber
  let dependsOn: [String]
  let bandwidthBytesPerSecond: JSONNumber
  let forecast: JSONValue
  let reasons: [String]

  init(_ step: PlannedMigration) {
    id = step.id.name
    wave = step.wave
    batch = step.batch
    vm = step.vm.name
    guest = GuestObject(step.guest)
    mode = step.mode.rawValue
    postCopy = step.usesPostCopy
    autoConverge = step.usesAutoConverge
    source = step.source.name
    destination = step.destination.name
    startSeconds = JSONNumber(seconds: step.start.seconds)
    endSeconds = JSONNumber(seconds: step.end.seconds)
    dependsOn = step.dependsOn.map(\.name)
    bandwidthBytesPerSecond = JSONNumber(step.bandwidth)
    forecast = .object(
      ForecastObject.fields(step.forecast, rounds: .integer(Int64(step.forecast.roundCount))))
    reasons = step.reasons
  }
}

/// What a runbook must know about the guest.
struct GuestObject: Encodable {
  let id: Nullable<String>
  let state: String
  let memoryBytes: Int64
  let copiedDisks: [String]
  let downtimeLimitSeconds: Nullable<JSONNumber>
  let bandwidthLimitBytesPerSecond: Nullable<JSONNumber>

  init(_ guest: PlannedGuest) {
    id = Nullable(guest.platformID)
    state = guest.state.rawValue
    memoryBytes = guest.memory.bytes
    copiedDisks = guest.copiedDisks
    downtimeLimitSeconds = Nullable(guest.downtimeLimit.map { JSONNumber($0) })
    bandwidthLimitBytesPerSecond = Nullable(
      guest.bandwidthLimit.flatMap { $0.bytesPerSecond.isFinite ? JSONNumber($0) : nil })
  }
}

/// The plan in a few numbers.
struct SummaryObject: Encodable {
  let makespanSeconds: JSONNumber
  let makespanP50Seconds: JSONNumber
  let makespanP90Seconds: JSONNumber
  let lowerBoundSeconds: JSONNumber
  let lowerBoundReason: String
  let fitsWindow: Nullable<Bool>
  let migrations: Int
  let live: Int
  let block: Int
  let cold: Int
  let bytesTransferred: Int64
  let totalDowntimeSeconds: JSONNumber
  let maxDowntimeSeconds: JSONNumber
  let rolling: RollingObject?

  init(_ summary: PlanSummary) {
    makespanSeconds = JSONNumber(summary.makespan)
    makespanP50Seconds = JSONNumber(summary.makespanP50)
    makespanP90Seconds = JSONNumber(summary.makespanP90)
    lowerBoundSeconds = JSONNumber(summary.lowerBound)
    lowerBoundReason = summary.lowerBoundReason
    fitsWindow = Nullable(summary.fitsWindow)
    migrations = summary.migrations
    live = summary.live
    block = summary.block
    cold = summary.cold
    bytesTransferred = summary.bytesTransferred.bytes
    totalDowntimeSeconds = JSONNumber(summary.totalDowntime)
    maxDowntimeSeconds = JSONNumber(summary.maxDowntime)
    rolling = summary.rolling.map(RollingObject.init)
  }
}

/// Rolling maintenance in a few numbers; left out of the plan for a drain.
struct RollingObject: Encodable {
  let hosts: Int
  let mostHostsOut: Int
  let movesPerVmMean: JSONNumber
  let movesPerVmMax: Int
  let movesLowerBound: Int
  let movesLowerBoundReason: String

  init(_ summary: RollingSummary) {
    hosts = summary.hosts
    mostHostsOut = summary.mostHostsOut
    movesPerVmMean = JSONNumber(seconds: summary.meanMoves)
    movesPerVmMax = summary.mostMoves
    movesLowerBound = summary.movesLowerBound
    movesLowerBoundReason = summary.movesLowerBoundReason
  }
}
