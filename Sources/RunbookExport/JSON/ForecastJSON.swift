public import EvacuationModel
import Quantities

/// The forecasts of `evac forecast --json`.
public enum ForecastJSON {
  /// `{"format": "evac.forecast/1", "forecasts": [...]}` in the order given. `rounds` lists the passes; one
  /// entry stands for `repeats` like passes.
  public static func encode(
    _ forecasts: [(vm: VirtualMachine.ID, forecast: MigrationForecast, reasons: [String])]
  ) -> String {
    JSONText.write(
      Document(
        forecasts: forecasts.map { Entry(vm: $0.vm, forecast: $0.forecast, reasons: $0.reasons) }))
  }

  private struct Document: Encodable {
    let format = "evac.forecast/1"
    let forecasts: [Entry]
  }

  private struct Entry: Encodable {
    let vm: String
    let mode: String
    let outcome: String
    let throttle: JSONNumber?
    let completes: Bool
    let durationSeconds: Nullable<JSONNumber>
    let durationP10Seconds: Nullable<JSONNumber>
    let durationP90Seconds: Nullable<JSONNumber>
    let downtimeSeconds: JSONNumber
    let downtimeP90Seconds: JSONNumber
    let bytesTransferred: Int64
    let bandwidthBytesPerSecond: JSONNumber
    let rounds: [RoundObject]
    let phases: PhasesObject
    let remedies: RemediesObject?
    let reasons: [String]

    init(vm: VirtualMachine.ID, forecast: MigrationForecast, reasons: [String]) {
      let object = ForecastObject(forecast)
      self.vm = vm.name
      mode = forecast.mode.rawValue
      outcome = object.outcome
      throttle = object.throttle
      completes = object.completes
      durationSeconds = object.durationSeconds
      durationP10Seconds = object.durationP10Seconds
      durationP90Seconds = object.durationP90Seconds
      downtimeSeconds = object.downtimeSeconds
      downtimeP90Seconds = object.downtimeP90Seconds
      bytesTransferred = object.bytesTransferred
      bandwidthBytesPerSecond = JSONNumber(forecast.bandwidth)
      rounds = forecast.rounds.map(RoundObject.init)
      phases = object.phases
      remedies = object.remedies
      self.reasons = reasons
    }
  }
}

/// One pass, or a run of like passes.
private struct RoundObject: Encodable {
  let round: Int
  let repeats: Int
  let startSeconds: JSONNumber
  let durationSeconds: JSONNumber
  let sentBytes: Int64
  let remainingBytes: Int64
  let dirtiedBytes: Int64
  let throttle: JSONNumber

  init(_ round: MigrationRound) {
    self.round = round.round
    repeats = round.repeats
    startSeconds = JSONNumber(round.start)
    durationSeconds = JSONNumber(round.duration)
    sentBytes = round.sent.bytes
    remainingBytes = round.remaining.bytes
    dirtiedBytes = round.dirtied.bytes
    throttle = JSONNumber(round.throttle)
  }
}
