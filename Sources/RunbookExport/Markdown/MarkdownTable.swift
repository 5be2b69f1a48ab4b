/// A table whose columns line up in the source as well.
enum MarkdownTable {
  /// Which side the cells of a column stand on.
  enum Alignment {
    case left
    case right
  }

  /// Cells are plain text; they are escaped here.
  static func render(_ columns: [(heading: String, alignment: Alignment)], rows: [[String]]) -> [String] {
    let cells = ([columns.map(\.heading)] + rows).map { $0.map(MarkdownText.escaped) }
    let widths = columns.indices.map { column in
      max(3, cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0)
    }
    var lines = cells.map { row in
      line(zip(row, zip(widths, columns)).map { padded($0, to: $1.0, $1.1.alignment) })
    }
    let rule = zip(widths, columns).map { width, column in
      column.alignment == .left
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    lines.insert(line(rule), at: 1)
    return lines
  }

  private static func line(_ cells: [String]) -> String {
    "| \(cells.joined(separator: " | ")) |"
  }

  private static func padded(_ cell: String, to width: Int, _ alignment: Alignment) -> String {
    let padding = String(repeating: " ", count: max(0, width - cell.count))
    return alignment == .left ? cell + padding : padding + cell
  }
}
