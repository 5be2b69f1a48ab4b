import Backtesting
import EvacuationModel
import Quantities
import RunbookExport

/// What was learned, for people.
struct CalibrationView {
  let study: CalibrationStudy
  /// Where it was written.
  let output: String?
  let paint: Paint

  var text: String {
    guard !study.reports.isEmpty else {
      return (["No usable migrations."] + excluded).joined(separator: "\n") + "\n"
    }
    return (table + remarks + excluded + [""] + hint).joined(separator: "\n") + "\n"
  }

  private var table: [String] {
    var table = TextTable([
      ("platform", .left), ("transport", .left), ("mode", .left), ("used", .right), ("outliers", .right),
      ("rate", .right), ("±", .left), ("varies by", .right), ("fixed part", .right), ("±", .left),
      ("varies by", .right), ("error", .right), ("learned", .right),
    ])
    for report in study.reports {
      let result = report.result
      let head = [result.platform.rawValue, result.transport, result.mode.rawValue, "\(result.rows)"]
      table.add(head + (result.learned == .nothing ? ["–", "nothing learned"] : values(report)))
    }
    let lines = table.lines
    return lines.prefix(1).map(paint.strong) + lines.dropFirst()
  }

  private func values(_ report: TransportReport) -> [String] {
    let result = report.result
    let isBoth = result.learned == .both
    return [
      "\(result.outliers)", megabytes(result.rate) + " MB/s", megabytes(result.rateError),
      percent(result.rateSigma), "\(result.fixed.seconds.text(places: 1)) s",
      isBoth ? result.fixedError.seconds.text(places: 1) : "kept",
      isBoth ? "\(result.fixedSigma.seconds.text(places: 1)) s" : "–",
      report.errorBefore.map(percent) ?? "–", report.errorAfter.map(percent) ?? "–",
    ]
  }

  private var remarks: [String] {
    study.reports.flatMap { report in
      report.remarks.map { remark in
        let result = report.result
        return VisibleText.of(
          "  \(result.platform.rawValue) \(result.transport) \(result.mode.rawValue): \(remark)")
      }
    }
  }

  private var excluded: [String] {
    guard !study.excluded.isEmpty else { return [] }
    return ["", paint.strong(SkippedRows.title(study.excluded))] + SkippedRows.lines(study.excluded)
  }

  private var hint: [String] {
    guard let output else {
      return ["Nothing was written; --output FILE keeps it for a policy: calibration: FILE"]
    }
    let name = output.split(separator: "/").last.map(String.init) ?? output
    return [
      "Written to \(VisibleText.of(output)); a policy beside it names it: calibration: \(VisibleText.of(name))"
    ]
  }

  private func megabytes(_ rate: DataRate) -> String { (rate.bytesPerSecond / 1e6).text(places: 1) }

  private func percent(_ fraction: Double) -> String { "\((fraction * 100).text(places: 1)) %" }
}
