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
    let vm: VirtualMachine.ID
    let forecast: MigrationForecast
    let reasons: [String]

    private enum Key: String, CodingKey {
      case vm, mode, bandwidthBytesPerSecond, reasons
    }

    /// The forecast's own keys stand beside those of the entry.
    func encode(to encoder: any Encoder) throws {
      try ForecastObject(forecast, rounds: forecast.rounds.map(RoundObject.init)).encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(vm.name, forKey: .vm)
      try container.encode(forecast.mode.rawValue, forKey: .mode)
      try container.encode(JSONNumber(forecast.bandwidth), forKey: .bandwidthBytesPerSecond)
      try container.encode(reasons, forKey: .reasons)
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
