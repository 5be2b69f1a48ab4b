import RunbookExport

/// An aligned table for a terminal. Cells are made safe to print; widths count characters.
struct TextTable {
  /// How a column stands.
  enum Alignment {
    case left, right
  }

  private var rows: [[String]] = []
  private let alignments: [Alignment]
  private let widest: Int

  /// Cells longer than `widest` push what follows in their line, and widen no other.
  init(_ columns: [(title: String, alignment: Alignment)], widest: Int = .max) {
    alignments = columns.map(\.alignment)
    self.widest = widest
    rows.append(columns.map(\.title))
  }

  mutating func add(_ cells: [String]) { rows.append(cells.map { VisibleText.of($0) }) }

  /// The lines, the header first, without blanks at their ends.
  var lines: [String] {
    let widths = alignments.indices.map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.filter { $0 <= widest }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, zip(widths, alignments)).map { cell, layout in
        let blanks = String(repeating: " ", count: max(0, layout.0 - cell.count))
        return layout.1 == .left ? cell + blanks : blanks + cell
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
