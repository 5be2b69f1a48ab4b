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

  @Option(
    help: "Forecast a history under this policy and its calibration instead of the platforms' own defaults.")
  var policy: String?

  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let file = try InputFile(cases)
      let text = String(decoding: file.bytes, as: UTF8.self)
      let companion = try companionText()
      let result = try await backtest(text, path: file.path, companion: companion)
      switch result {
      case .success(let backtest):
        try Console.result(
          json.json
            ? BacktestJSON.encode(backtest)
            : BacktestView(backtest: backtest, paint: .standardOutput).text)
      case .failure(let problem):
        throw Refusal(findings: HistoryFile.findings(for: problem, path: file.path, format: format))
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

  private func backtest(
    _ text: String, path: String, companion: String?
  ) async throws(Refusal) -> Result<Backtest, Backtest.Problem> {
    guard format == .generic else {
      if policy != nil {
        throw Refusal(findings: [
          Finding(
            .badRequest, place: "--policy", message: "\(format.rawValue) states its own circumstances",
            help: "a policy goes with --format generic")
        ])
      }
      return await Progress.during("Forecasting") {
        Result<Backtest, Backtest.Problem> { () throws(Backtest.Problem) in
          try Backtest(text: text, format: format, dirtyInput: dirtyInput, companion: companion)
        }
      }
    }
    let history = try HistoryFile.history(text, path: path, format: format)
    let policies = try policies(for: history)
    return .success(
      await Progress.during("Forecasting") { Backtest(history: history, policies: policies) })
  }

  /// The policy as it counts on each of the platforms and transports that the history knows.
  private func policies(for history: History) throws(Refusal) -> [HistorySetup: Policy] {
    guard let policy else { return [:] }
    let file = try PolicyFile(policy)
    var policies: [HistorySetup: Policy] = [:]
    var remarks: [Finding] = []
    for setup in history.setups {
      let reading = file.read(platform: setup.platform, release: setup.release, transport: setup.transport)
      guard let effective = reading.policy else { throw Refusal(findings: reading.findings) }
      remarks += reading.findings.filter { !remarks.contains($0) }
      policies[setup] = effective.policy
    }
    Console.remark(remarks)
    return policies
  }
}

extension BacktestFormat: ExpressibleByArgument {}
extension DirtyInput: ExpressibleByArgument {}
