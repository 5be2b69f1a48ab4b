import Backtesting
import Quantities
import RunbookExport

/// The table of errors for people, and below it what went worst.
struct BacktestView {
  let backtest: Backtest
  let paint: Paint

  var text: String {
    guard !backtest.cases.isEmpty else { return "No cases.\n" + skipped.map { $0 + "\n" }.joined() }
    return (groups + [""] + worst + skipped).joined(separator: "\n") + "\n"
  }

  private var groups: [String] {
    var table = TextTable([
      ("group", .left), ("cases", .right), ("median", .right), ("P90", .right), ("mean", .right),
      ("bias", .right), ("ends: right", .right), ("missed", .right), ("false", .right),
      ("pause median", .right), ("P90", .right), ("in P10–P90", .right),
    ])
    for errors in backtest.groups { table.add(row(errors)) }
    let lines = table.lines
    return lines.prefix(1).map(paint.strong) + lines.dropFirst()
  }

  private func row(_ errors: GroupErrors) -> [String] {
    let outcomes = errors.outcomes
    return [
      errors.group, "\(errors.count)", percent(errors.medianAbsoluteError), percent(errors.p90AbsoluteError),
      percent(errors.meanAbsoluteError), percent(errors.bias, isSigned: true),
      "\(outcomes.convergedAsForecast + outcomes.notConvergedAsForecast)", "\(outcomes.convergedUnforecast)",
      "\(outcomes.notConvergedUnforecast)", milliseconds(errors.downtimeMedianErrorSeconds),
      milliseconds(errors.downtimeP90ErrorSeconds), percent(errors.insideBand),
    ]
  }

  private var worst: [String] {
    var table = TextTable([
      ("furthest off", .left), ("group", .left), ("measured", .right), ("forecast", .right),
      ("error", .right),
      ("what is particular", .left),
    ])
    let cases = backtest.worst(10)
    guard !cases.isEmpty else { return ["Every forecast is exact."] }
    for one in cases {
      table.add([
        one.id, one.group, seconds(one.measured.seconds, ended: one.measured.converged),
        seconds(one.forecast.seconds, ended: one.forecast.converges), percent(one.error, isSigned: true),
        one.circumstances,
      ])
    }
    let lines = table.lines
    return lines.prefix(1).map(paint.strong) + lines.dropFirst()
  }

  private var skipped: [String] {
    guard !backtest.skipped.isEmpty else { return [] }
    return ["", paint.strong(SkippedRows.title(backtest.skipped))] + SkippedRows.lines(backtest.skipped)
  }

  private func percent(_ fraction: Double?, isSigned: Bool = false) -> String {
    guard let fraction else { return "–" }
    return (isSigned && fraction > 0 ? "+" : "") + "\((fraction * 100).text(places: 1)) %"
  }

  private func milliseconds(_ seconds: Double?) -> String {
    seconds.map { "\(($0 * 1000).text(places: 0)) ms" } ?? "–"
  }

  private func seconds(_ seconds: Double?, ended: Bool) -> String {
    guard ended, let seconds else { return "does not end" }
    return "\(seconds.text(places: 1)) s"
  }
}
