import ArgumentParser
import Backtesting
import EvacuationModel
import Foundation
import PlanStore
import RunbookExport

/// `evac calibrate`.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn what your own migrations attain: rate and fixed part, transport by transport.",
    discussion: """
      Reads a CSV file of past migrations (docs/backtest.md has the columns) and writes a calibration. A policy names \
      it with `calibration: FILE`, and its forecasts count on what was attained instead of the platform's defaults.

      Without a file it learns from what evac record has put into the store.

      Example: evac calibrate history.csv --output our.calibration.json
      """)

  @Argument(help: "Past migrations, CSV; - for standard input. Without it, what was recorded in the store.")
  var history: String?

  @Option(help: "What the columns mean: generic, osic.")
  var format = BacktestFormat.generic

  @Option(name: [.short, .long], help: ArgumentHelp("Write the calibration here.", valueName: "file"))
  var output: String?

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func validate() throws {
    if history != nil, store.store != nil {
      throw ValidationError("Give past migrations or --store, not both")
    }
    guard format == .generic || format == .osic else {
      throw ValidationError("\(format.rawValue) is a laboratory's: calibrate reads generic and osic")
    }
  }

  func run() async throws {
    try await guarded(json: json.json) {
      if let output { try OutputFile.check(output) }
      let (past, file, digest) = try migrations()
      let study = await Progress.during("Learning") { CalibrationStudy(past) }
      let source = Calibration.Source(file: file, sha256: digest, rows: past.lineCount)
      let document = try CalibrationJSON.encode(study.calibration(source: source))
      if let output { try OutputFile.write(document, to: output) }
      try Console.result(
        json.json
          ? document : CalibrationView(study: study, output: output, paint: .standardOutput).text)
    }
  }

  /// The migrations to learn from, with the name and digest of the text that holds them.
  private func migrations() throws(Refusal) -> (History, file: String, digest: String) {
    if let history {
      let file = try InputFile(history)
      let text = String(decoding: file.bytes, as: UTF8.self)
      return (
        try HistoryFile.history(text, path: file.path, format: format),
        (file.path as NSString).lastPathComponent, file.sha256
      )
    }
    let store = try StoreFile.existing(store)
    let recorded = try StoreHistory(store)
    guard !recorded.isEmpty else {
      throw Refusal(findings: [
        Finding(
          .emptyFile, path: store.path, message: "no outcome in it says how long a migration took",
          help: "record them: evac record PLAN --done m003 --took 41s")
      ])
    }
    return (
      try HistoryFile.history(recorded.text, path: store.path, format: .generic),
      (store.path as NSString).lastPathComponent, Digest.sha256(Array(recorded.text.utf8))
    )
  }
}
