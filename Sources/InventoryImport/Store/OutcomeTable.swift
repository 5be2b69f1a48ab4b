public import EvacuationModel
import Quantities
import SwiftCSV

/// Reads outcomes from a CSV file: a line each, with the columns `step` and `result`, and `took`, `transfer`, `downtime`,
/// `transferred`, `reason`, `kind`, `at` and `note` where there is something to say.
public enum OutcomeTable {
  private static let columns = [
    "step", "result", "took", "transfer", "downtime", "transferred", "reason", "kind", "at", "note",
  ]

  /// Reads a whole file. `path` is what findings call it; rows count from 1 below the header.
  public static func read(_ text: String, path: String) -> Reading<[ReportedOutcome]> {
    let table: CSV<Named>
    do {
      // Spreadsheets put a byte-order mark in front of the first column's name.
      let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
      table = try CSV<Named>(string: text, delimiter: .comma, loadColumns: false)
    } catch {
      let finding = Finding(
        .syntax, path: path, message: "is no CSV: \(error)",
        help: "save it as comma-separated values with a header line")
      return Reading(value: nil, findings: [finding])
    }
    var findings = headerFindings(table.header, path: path)
    if table.rows.isEmpty {
      findings.append(
        Finding(.emptyFile, path: path, message: "there are no rows below the header", help: "check the file")
      )
    }
    guard !findings.contains(where: { $0.severity == .error }) else {
      return Reading(value: nil, findings: findings)
    }
    let outcomes = table.rows.enumerated().compactMap { index, cells in
      var row = OutcomeRow(cells: cells, path: path, place: "row \(index + 1)")
      let outcome = row.outcome()
      findings += row.findings
      return outcome
    }
    return Reading(value: outcomes, findings: findings)
  }

  private static func headerFindings(_ header: [String], path: String) -> [Finding] {
    columns.prefix(2).filter { !header.contains($0) }.map { column in
      Finding(
        .missingKey, path: path, place: "header", message: "there is no column `\(column)`",
        help: "the columns are \(columns.joined(separator: ", "))")
    }
      + header.filter { !columns.contains($0) }.map { column in
        Finding(
          .unknownKey, severity: .note, path: path, place: "header",
          message: "nothing reads the column `\(column)`", help: Suggestion.help(for: column, among: columns))
      }
  }
}

/// One line of the file, and what is wrong with it.
private struct OutcomeRow {
  let cells: [String: String]
  let path: String
  let place: String
  var findings: [Finding] = []

  init(cells: [String: String], path: String, place: String) {
    self.cells = cells
    self.path = path
    self.place = place
  }

  mutating func outcome() -> ReportedOutcome? {
    guard let step = cell("step") else {
      report(.missingKey, "`step` is empty", help: "name a step, such as m003")
      return nil
    }
    guard let result = result() else { return nil }
    let outcome = ReportedOutcome(
      step: PlannedMigration.ID(step), result: result,
      took: quantity("took") { text throws(QuantityError) in try Duration(parsing: text) },
      transfer: quantity("transfer") { text throws(QuantityError) in try Duration(parsing: text) },
      downtime: quantity("downtime") { text throws(QuantityError) in try Duration(parsing: text) },
      transferred: quantity("transferred") { text throws(QuantityError) in try ByteCount(parsing: text) },
      at: instant(), note: cell("note") ?? "", path: path, place: place)
    return findings.isEmpty ? outcome : nil
  }

  private mutating func result() -> RecordedOutcome.Result? {
    switch cell("result")?.lowercased() {
    case "started": return .started
    case "done", "completed": return .done
    case "skipped": return .skipped
    case "failed":
      let reason = cell("reason") ?? ""
      guard let word = cell("kind") else { return .failed(reason: reason, kind: FailureKind(reason: reason)) }
      guard let kind = FailureKind(rawValue: word) else {
        report(
          .badChoice, "`kind`: \(quoted(word)) is not a word that fits here",
          help: Suggestion.help(for: word, among: FailureKind.allCases.map(\.rawValue)))
        return nil
      }
      return .failed(reason: reason, kind: kind)
    case let word:
      report(
        .badChoice, "`result`: \(quoted(word ?? "")) is not a word that fits here",
        help: Suggestion.help(for: word ?? "", among: ["started", "done", "failed", "skipped"]))
      return nil
    }
  }

  private mutating func quantity<Quantity>(
    _ column: String, _ parse: (String) throws(QuantityError) -> Quantity
  ) -> Quantity? {
    guard let text = cell(column) else { return nil }
    do throws(QuantityError) {
      return try parse(text)
    } catch {
      report(.badQuantity, "`\(column)`: \(error.message)", help: error.remedy)
      return nil
    }
  }

  private mutating func instant() -> Instant? {
    guard let text = cell("at") else { return nil }
    if let instant = Instant(iso8601: text) { return instant }
    report(
      .badQuantity, "`at`: \(quoted(text)) is not a moment with its zone",
      help: "write it as in 2026-12-05T22:00:00+01:00, or with Z for UTC")
    return nil
  }

  private func cell(_ column: String) -> String? {
    guard let text = cells[column], !text.isEmpty else { return nil }
    return text
  }

  private mutating func report(_ code: FindingCode, _ message: String, help: String) {
    findings.append(Finding(code, path: path, place: place, message: message, help: help))
  }
}
