public import EvacuationModel
import Quantities

/// The forecasts of `evac forecast --json`: `{"format": "evac.forecast/1", "forecasts": [...]}` in the order given.
///
/// Written piece by piece, so that a hundred thousand guests need no more memory than a few: `opening`, an `entry` for
/// each with `separator` between them, `closing`.
public enum ForecastJSON {
  /// What comes before the first entry.
  public static let opening = "{\n  \"forecasts\" : ["
  /// What stands between two entries.
  public static let separator = ","
  /// What comes after the last entry.
  public static let closing = "\n  ],\n  \"format\" : \"evac.forecast/1\"\n}\n"

  /// All of it at once.
  public static func encode(
    _ forecasts: [(vm: VirtualMachine.ID, forecast: MigrationForecast, reasons: [String])]
  ) -> String {
    opening + forecasts.map { entry($0.vm, $0.forecast, reasons: $0.reasons) }.joined(separator: separator)
      + closing
  }

  /// One forecast. `rounds` lists the passes; one of them stands for `repeats` like passes.
  public static func entry(
    _ vm: VirtualMachine.ID, _ forecast: MigrationForecast, reasons: [String]
  ) -> String {
    var text = "\n    "
    let own: [(key: String, value: JSONValue)] = [
      ("bandwidth_bytes_per_second", .number(JSONNumber(forecast.bandwidth))),
      ("mode", .string(forecast.mode.rawValue)), ("reasons", .array(reasons.map { .string($0) })),
      ("vm", .string(vm.name)),
    ]
    JSONValue.object(
      own + ForecastObject.fields(forecast, rounds: .array(forecast.rounds.map(ForecastObject.round)))
    ).write(to: &text, indentation: 2)
    return text
  }
}
