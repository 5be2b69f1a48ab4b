import SwiftCSV

/// One line of a CSV file by column names; cells that are empty or absent read as `nil`.
struct CSVRow {
  private let cells: [String: String]

  init(_ cells: [String: String]) {
    self.cells = cells
  }

  /// All lines of `text`, which must have the columns `required`.
  static func all(in text: String, required: [String]) throws(Backtest.Problem) -> [Self] {
    let table: CSV<Named>
    do {
      // Spreadsheets put a byte-order mark in front of the first column's name.
      let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
      table = try CSV<Named>(string: text, delimiter: .comma, loadColumns: false)
    } catch {
      throw .notCSV("\(error)")
    }
    let missing = required.filter { !table.header.contains($0) }
    guard missing.isEmpty else { throw .missingColumns(missing) }
    guard !table.rows.isEmpty else { throw .empty }
    return table.rows.map(Self.init)
  }

  /// The same line with more cells.
  func adding(_ more: [String: String]) -> Self { Self(cells.merging(more) { _, new in new }) }

  /// The names of its columns, sorted.
  var columns: [String] { cells.keys.sorted() }

  func text(_ column: String) -> String? {
    guard let cell = cells[column], !cell.isEmpty else { return nil }
    return cell
  }

  /// A finite number.
  func number(_ column: String) -> Double? {
    guard let value = text(column).flatMap(Double.init), value.isFinite else { return nil }
    return value
  }
}
