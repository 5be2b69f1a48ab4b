import SwiftCSV

/// One line of a CSV file by column names; cells that are empty or absent read as `nil`.
struct CSVRow {
  private let cells: [String: String]

  init(_ cells: [String: String]) {
    self.cells = cells
  }

  /// All lines of `text`; throws what SwiftCSV throws on text that is no CSV.
  static func all(in text: String) throws -> [Self] {
    try CSV<Named>(string: text, delimiter: .comma, loadColumns: false).rows.map(Self.init)
  }

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
