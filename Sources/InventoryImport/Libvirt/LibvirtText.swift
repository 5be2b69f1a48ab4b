import EvacuationModel
import Quantities

/// The text that `virsh` prints where it does not print XML.
enum LibvirtText {
  /// `CPU(s):              2` lines as pairs, spaces around both gone.
  static func pairs(_ text: String) -> [String: String] {
    var pairs: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let key = line[..<colon].trimming { $0.isWhitespace }
      if pairs[key] == nil { pairs[key] = line[line.index(after: colon)...].trimming { $0.isWhitespace } }
    }
    return pairs
  }

  /// `10315988 KiB`, `1.50 GiB`, `4096 bytes`, or bytes without a unit.
  static func amount(_ text: String?) -> ByteCount? {
    guard let text else { return nil }
    let parts = text.split(separator: " ")
    guard let number = parts.first.flatMap({ Double($0) }), parts.count <= 2 else { return nil }
    return amount(number, unit: parts.count == 2 ? String(parts[1]) : "b")
  }

  /// `number` in one of libvirt's units (virScaleInteger, and `<memory unit='…'>`); more than 1 EiB or less than
  /// nothing counts as missing.
  static func amount(_ number: Double, unit: String) -> ByteCount? {
    let factors: [String: Double] = [
      "b": 1, "byte": 1, "bytes": 1, "kb": 1e3, "k": 0x1p10, "kib": 0x1p10, "mb": 1e6, "m": 0x1p20,
      "mib": 0x1p20, "gb": 1e9, "g": 0x1p30, "gib": 0x1p30, "tb": 1e12, "t": 0x1p40, "tib": 0x1p40,
      "pib": 0x1p50,
    ]
    guard let factor = factors[unit.lowercased()], (0...0x1p60).contains(number * factor) else { return nil }
    return ByteCount(rounding: number * factor)
  }

  /// A table with a header line, a dashed line and rows: cells by the names of their columns. Names may hold
  /// spaces, so cells are cut where the header's columns begin.
  static func table(_ text: String) -> [[String: String]] {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard let rule = lines.firstIndex(where: { $0.hasPrefix("---") }), rule > 0 else { return [] }
    let columns = columns(of: lines[rule - 1])
    return lines[(rule + 1)...].map { line in
      let characters = Array(line)
      var cells: [String: String] = [:]
      for (index, column) in columns.enumerated() {
        let end = index + 1 < columns.count ? columns[index + 1].start : characters.count
        guard column.start < min(end, characters.count) else { continue }
        cells[column.name] = String(characters[column.start..<min(end, characters.count)])
          .trimming { $0.isWhitespace }
      }
      return cells
    }.filter { row in row.values.contains { !$0.isEmpty } }
  }

  /// Two spaces or more part the columns' names.
  private static func columns(of header: String) -> [(name: String, start: Int)] {
    var columns: [(name: String, start: Int)] = []
    var spaces = 2
    for (offset, character) in header.enumerated() {
      if character == " " {
        spaces += 1
        continue
      }
      if spaces >= 2 || columns.isEmpty {
        columns.append((String(character), offset))
      } else {
        let gap = String(repeating: " ", count: spaces)
        columns[columns.count - 1].name += gap + String(character)
      }
      spaces = 0
    }
    return columns
  }
}
