public import Backtesting
import Quantities

/// The document of `evac backtest --json`.
public enum BacktestJSON {
  /// `{"format": "evac.backtest/1", "groups": [...], "cases": [...], "skipped": [...]}`. Errors are fractions of what
  /// was measured; what cannot be compared is null.
  public static func encode(_ backtest: Backtest) throws -> String {
    try JSONText.write(
      Document(
        groups: backtest.groups.map(GroupObject.init), cases: backtest.cases.map(CaseObject.init),
        skipped: backtest.skipped.map { SkippedObject(id: $0.id, reason: $0.reason) }))
  }

  private struct Document: Encodable {
    let format = "evac.backtest/1"
    let groups: [GroupObject]
    let cases: [CaseObject]
    let skipped: [SkippedObject]
  }
}

private struct GroupObject: Encodable {
  let group: String
  let n: Int
  let compared: Int
  let medianAbsoluteError: Nullable<JSONNumber>
  let p90AbsoluteError: Nullable<JSONNumber>
  let meanAbsoluteError: Nullable<JSONNumber>
  let bias: Nullable<JSONNumber>
  let outcomes: OutcomesObject
  let downtimeMedianErrorSeconds: Nullable<JSONNumber>
  let downtimeP90ErrorSeconds: Nullable<JSONNumber>
  let insideBand: Nullable<JSONNumber>

  /// The keys as they are written: snake case knows nothing of `p90`.
  private enum CodingKeys: String, CodingKey {
    case group, n, compared, medianAbsoluteError, meanAbsoluteError, bias, outcomes,
      downtimeMedianErrorSeconds
    case insideBand
    case p90AbsoluteError = "p90_absolute_error"
    case downtimeP90ErrorSeconds = "downtime_p90_error_seconds"
  }

  init(_ errors: GroupErrors) {
    group = errors.group
    n = errors.count
    compared = errors.compared
    medianAbsoluteError = fraction(errors.medianAbsoluteError)
    p90AbsoluteError = fraction(errors.p90AbsoluteError)
    meanAbsoluteError = fraction(errors.meanAbsoluteError)
    bias = fraction(errors.bias)
    outcomes = OutcomesObject(errors.outcomes)
    downtimeMedianErrorSeconds = seconds(errors.downtimeMedianErrorSeconds)
    downtimeP90ErrorSeconds = seconds(errors.downtimeP90ErrorSeconds)
    insideBand = fraction(errors.insideBand)
  }
}

private struct OutcomesObject: Encodable {
  let convergedAsForecast: Int
  let convergedUnforecast: Int
  let notConvergedAsForecast: Int
  let notConvergedUnforecast: Int

  init(_ outcomes: GroupErrors.Outcomes) {
    convergedAsForecast = outcomes.convergedAsForecast
    convergedUnforecast = outcomes.convergedUnforecast
    notConvergedAsForecast = outcomes.notConvergedAsForecast
    notConvergedUnforecast = outcomes.notConvergedUnforecast
  }
}

private struct CaseObject: Encodable {
  let id: String
  let group: String
  let measuredSeconds: Nullable<JSONNumber>
  let forecastSeconds: Nullable<JSONNumber>
  let forecastP10Seconds: Nullable<JSONNumber>
  let forecastP90Seconds: Nullable<JSONNumber>
  let measuredDowntimeSeconds: Nullable<JSONNumber>
  let forecastDowntimeSeconds: Nullable<JSONNumber>
  let measuredOutcome: String
  let forecastOutcome: String
  let forecastWord: String
  let probabilityOfNotConverging: Nullable<JSONNumber>
  let circumstances: String

  private enum CodingKeys: String, CodingKey {
    case id, group, measuredSeconds, forecastSeconds, measuredDowntimeSeconds, forecastDowntimeSeconds
    case measuredOutcome, forecastOutcome, forecastWord, circumstances
    case probabilityOfNotConverging
    case forecastP10Seconds = "forecast_p10_seconds"
    case forecastP90Seconds = "forecast_p90_seconds"
  }

  init(_ one: BacktestCase) {
    id = one.id
    group = one.group
    measuredSeconds = seconds(one.measured.seconds)
    forecastSeconds = seconds(one.forecast.seconds)
    forecastP10Seconds = seconds(one.forecast.p10Seconds)
    forecastP90Seconds = seconds(one.forecast.p90Seconds)
    measuredDowntimeSeconds = seconds(one.measured.downtimeSeconds)
    forecastDowntimeSeconds = seconds(one.forecast.downtimeSeconds)
    measuredOutcome = one.measured.converged ? "converged" : "not_converged"
    forecastOutcome = one.forecast.converges ? "converged" : "not_converged"
    forecastWord = one.forecast.outcome
    probabilityOfNotConverging = fraction(one.forecast.probabilityOfNotConverging)
    circumstances = one.circumstances
  }
}

private struct SkippedObject: Encodable {
  let id: String
  let reason: String
}

private func fraction(_ value: Double?) -> Nullable<JSONNumber> {
  Nullable(value.map { JSONNumber(Ratio($0)) })
}

private func seconds(_ value: Double?) -> Nullable<JSONNumber> {
  Nullable(value.map { JSONNumber(seconds: $0) })
}
