import Backtesting
import EvacuationModel

/// A text of past migrations, and what is to be said of it.
enum HistoryFile {
  /// Reads `text`, and tells which of its columns nothing reads.
  static func history(_ text: String, path: String, format: BacktestFormat) throws(Refusal) -> History {
    do throws(Backtest.Problem) {
      let history = try History(text: text, format: format)
      Console.remark(history.unknownColumns.map { unknown($0, path: path) })
      return history
    } catch {
      throw Refusal(findings: findings(for: error, path: path, format: format))
    }
  }

  private static func unknown(_ column: String, path: String) -> Finding {
    Finding(
      .unknownKey, severity: .note, path: path, place: "header",
      message: "nothing reads the column `\(column)`",
      help: Suggestion.nearest(to: column, among: History.columns).map { "did you mean `\($0)`?" }
        ?? "docs/backtest.md has the columns")
  }

  /// Why a text is no file of measurements, as findings.
  static func findings(for problem: Backtest.Problem, path: String, format: BacktestFormat) -> [Finding] {
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
