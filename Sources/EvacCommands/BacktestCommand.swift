public import ArgumentParser
public import Backtesting
import EvacuationModel
import Foundation
import RunbookExport

/// `evac backtest`.
struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract:
      "Hold forecasts against measured migrations: errors by group, outcomes, bands, the worst cases.",
    discussion: """
      Reads a CSV file of migrations that were measured, forecasts each of them, and tells how far off the forecasts \
      are. Your own history goes in as --format generic; docs/backtest.md has the columns.

      Example: evac backtest history.csv --format generic
      """)

  @Argument(help: "The measured migrations, CSV; - for standard input.")
  var cases: String

  @Option(help: "What the columns mean: \(BacktestFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = BacktestFormat.generic

  @Option(
    help: ArgumentHelp(
      "Where a laboratory guest's dirty rate comes from: true (what the experiment set) or measured (what could "
        + "be measured beforehand).", valueName: "true|measured"))
  var dirtyInput = DirtyInput.true

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let file = try InputFile(cases)
      let text = String(decoding: file.bytes, as: UTF8.self)
      let companion = try companionText()
      let result = await Progress.during("Forecasting") {
        Result<Backtest, Backtest.Problem> { () throws(Backtest.Problem) in
          try Backtest(text: text, format: format, dirtyInput: dirtyInput, companion: companion)
        }
      }
      switch result {
      case .success(let backtest):
        try Console.result(
          json.json
            ? BacktestJSON.encode(backtest)
            : BacktestView(backtest: backtest, paint: .standardOutput).text)
      case .failure(let problem):
        throw Refusal(findings: findings(for: problem, path: file.path))
      }
    }
  }

  /// The text of the file beside `cases` that the format reads as well, if there is one.
  private func companionText() throws(Refusal) -> String? {
    guard let name = format.companion, cases != "-" else { return nil }
    let path = (cases as NSString).deletingLastPathComponent
    let neighbour = (path as NSString).appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: neighbour) else { return nil }
    return String(decoding: try InputFile(neighbour).bytes, as: UTF8.self)
  }

  private func findings(for problem: Backtest.Problem, path: String) -> [Finding] {
    switch problem {
    case .notCSV(let message):
      [
        Finding(
          .syntax, path: path, message: "is no CSV: \(message)",
          help: "save it as comma-separated values with a header line")
      ]
    case .missingColumns(let columns):
      columns.map { column in
        Finding(
          .missingKey, path: path, place: "header", message: "there is no column `\(column)`",
          help: "it was read as `\(format.rawValue)`; name its format with --format")
      }
    case .empty:
      [Finding(.emptyFile, path: path, message: "there are no rows below the header", help: "check the file")]
    }
  }
}

extension BacktestFormat: ExpressibleByArgument {}
extension DirtyInput: ExpressibleByArgument {}
