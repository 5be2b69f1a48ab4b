import EvacuationModel
import SwiftCSV

/// A table as spreadsheets and exporters write it: any of the usual separators, byte orders and encodings.
struct ListingTable {
  let path: String
  /// The columns' names, without spaces around them.
  let header: [String]
  let rows: [Row]

  /// Cells by column; a column counts whatever the case of its name.
  struct Row {
    /// From 1, below the header.
    let number: Int
    fileprivate let cells: [String: String]

    /// The first of `columns` that has something in it.
    func text(_ columns: String...) -> String? {
      for column in columns {
        if let cell = cells[ListingTable.key(column)], !cell.isEmpty { return cell }
      }
      return nil
    }

    /// All cells by the columns' names in lower case.
    var all: [String: String] { cells }
  }

  /// Reads a whole file; throws what is wrong with it.
  init(_ bytes: [UInt8], path: String) throws(SyntaxError) {
    self.path = path
    var text = Self.text(bytes)
    // Excel's own line about the separator.
    if text.hasPrefix("sep="), let end = text.firstIndex(where: \.isNewline) {
      text = String(text[text.index(after: end)...])
    }
    let first = text.prefix { !$0.isNewline }
    let table: CSV<Enumerated>
    do {
      table = try CSV<Enumerated>(
        string: text, delimiter: Self.delimiter(of: String(first)), loadColumns: false)
    } catch {
      throw SyntaxError(
        place: .whole, message: "is no CSV: a quote is missing or stands in the wrong place",
        help: "export it again as comma-separated values")
    }
    header = table.header.map { $0.trimming { $0.isWhitespace } }
    let keys = header.map(Self.key)
    rows = table.rows.enumerated().compactMap { index, cells in
      // One of two columns of one name: the first counts.
      let pairs = zip(keys, cells).map { ($0, $1.trimming { $0.isWhitespace }) }
      let row = Row(number: index + 1, cells: Dictionary(pairs) { first, _ in first })
      return row.cells.values.allSatisfy(\.isEmpty) ? nil : row
    }
  }

  /// Whether there is a column of each name; alternatives stand with `|` between them.
  func has(_ columns: String...) -> Bool {
    let keys = Set(header.map(Self.key))
    return columns.allSatisfy { $0.split(separator: "|").contains { keys.contains(Self.key(String($0))) } }
  }

  private static func key(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func delimiter(of header: String) -> CSVDelimiter {
    let counts: [(CSVDelimiter, Int)] = [
      (.comma, header.count { $0 == "," }), (.semicolon, header.count { $0 == ";" }),
      (.tab, header.count { $0 == "\t" }),
    ]
    return counts.max { $0.1 < $1.1 }?.0 ?? .comma
  }

  /// UTF-8, UTF-16 of either byte order, or Latin-1, whose bytes are the first characters of Unicode.
  static func text(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: SourceText.byteOrderMark) {
      return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    }
    if bytes.starts(with: [0xff, 0xfe]) { return utf16(bytes.dropFirst(2), high: 1) }
    if bytes.starts(with: [0xfe, 0xff]) { return utf16(bytes.dropFirst(2), high: 0) }
    if bytes.count > 1, bytes[0] != 0, bytes[1] == 0 { return utf16(bytes[...], high: 1) }
    if bytes.count > 1, bytes[0] == 0, bytes[1] != 0 { return utf16(bytes[...], high: 0) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// `high` is the place of a pair's more significant byte.
  private static func utf16(_ bytes: ArraySlice<UInt8>, high: Int) -> String {
    let content = Array(bytes)
    let units = stride(from: 0, to: content.count - 1, by: 2).map { index in
      UInt16(content[index + high]) << 8 | UInt16(content[index + 1 - high])
    }
    return String(decoding: units, as: UTF16.self)
  }
}

/// Numbers as programs write them for people.
enum LocaleNumber {
  /// `65,536`, `65.536`, `14 336`, `1,234.5`: a group of three digits behind a mark is thousands; where both marks
  /// stand, the last one is the decimal point.
  static func number(_ text: String) -> Double? {
    let digits = text.filter {
      !$0.isWhitespace && $0 != "'" && $0 != "’" && $0 != "\u{a0}" && $0 != "\u{202f}"
    }
    guard let last = digits.last(where: { $0 == "," || $0 == "." }) else { return plain(digits) }
    let other: Character = last == "," ? "." : ","
    let groups = digits.split(separator: last, omittingEmptySubsequences: false)
    let isGrouped = !digits.contains(other) && isThousands(groups)
    if isGrouped || (groups.count > 2 && isThousands(groups)) {
      return plain(String(digits.filter { $0 != last }))
    }
    guard groups.count == 2 else { return nil }
    return plain(groups[0].filter { $0 != other } + "." + groups[1])
  }

  private static func isThousands(_ groups: [Substring]) -> Bool {
    guard let first = groups.first, (1...3).contains(first.drop { $0 == "-" }.count), first != "0" else {
      return false
    }
    return groups.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isNumber) }
  }

  private static func plain(_ text: String) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
