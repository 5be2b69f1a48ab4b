import ArgumentParser
import Backtesting
import EvacuationModel
import Foundation
import RunbookExport

/// `evac calibrate`.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn what your own migrations attain: rate and fixed part, transport by transport.",
    discussion: """
      Reads a CSV file of past migrations (docs/backtest.md has the columns) and writes a calibration. A policy names \
      it with `calibration: FILE`, and its forecasts count on what was attained instead of the platform's defaults.

      Example: evac calibrate history.csv --output our.calibration.json
      """)

  @Argument(help: "Past migrations, CSV; - for standard input.")
  var history: String

  @Option(help: "What the columns mean: generic, osic.")
  var format = BacktestFormat.generic

  @Option(name: [.short, .long], help: ArgumentHelp("Write the calibration here.", valueName: "file"))
  var output: String?

  @OptionGroup var json: JSONOption

  func validate() throws {
    guard format == .generic || format == .osic else {
      throw ValidationError("\(format.rawValue) is a laboratory's: calibrate reads generic and osic")
    }
  }

  func run() async throws {
    try await guarded(json: json.json) {
      if let output { try OutputFile.check(output) }
      let file = try InputFile(history)
      let text = String(decoding: file.bytes, as: UTF8.self)
      let past = try HistoryFile.history(text, path: file.path, format: format)
      let study = await Progress.during("Learning") { CalibrationStudy(past) }
      let source = Calibration.Source(
        file: (file.path as NSString).lastPathComponent, sha256: file.sha256, rows: past.lineCount)
      let document = CalibrationJSON.encode(study.calibration(source: source))
      if let output { try OutputFile.write(document, to: output) }
      try Console.result(
        json.json
          ? document : CalibrationView(study: study, output: output, paint: .standardOutput).text)
    }
  }
}
