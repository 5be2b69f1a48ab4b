import Backtesting
import Foundation
import Testing

/// Rows of the published sets, cut from the given half.
enum Fixture {
  static func text(_ name: String) throws -> String {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func backtest(_ name: String, _ format: BacktestFormat, companion: String? = nil) throws -> Backtest
  {
    try Backtest(text: text(name), format: format, companion: companion.map(text))
  }
}

extension Backtest {
  /// All its cases as one group.
  var all: GroupErrors { GroupErrors(group: "all", cases: cases) }

  /// The error of the mean of the forecasts of `group` against the mean of what was measured.
  func errorOfMean(_ group: String) -> Double {
    let pairs = cases.filter { $0.group == group }.compactMap { one in
      one.measured.seconds.flatMap { measured in one.forecast.seconds.map { (measured, $0) } }
    }
    return pairs.reduce(0) { $0 + $1.1 } / max(pairs.reduce(0) { $0 + $1.0 }, 1e-9) - 1
  }
}
