/// A cell of a CSV file (RFC 4180) that spreadsheets show and never run.
enum CSVText {
  /// `text` on one line, with hidden characters written out. Where a spreadsheet would take it for a formula it gets a
  /// `'` in front, which spreadsheets do not show (OWASP, CSV Injection).
  static func cell(_ text: String) -> String {
    let visible = VisibleText.of(text)
    let isFormula = visible.unicodeScalars.first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    return quoted(isFormula ? "'" + visible : visible)
  }

  /// Cells as a line with its ending.
  static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

  private static func quoted(_ cell: String) -> String {
    guard cell.utf8.contains(where: { "\",;".utf8.contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
