extension SourceDocument.Position {
  var text: String { "\(line):\(column)" }
}

/// Turns offsets into lines and columns, going forward from the last one: places are asked for in
/// order, and a machine's JSON is often a single line of many megabytes.
struct PositionCursor {
  private var offset = 0
  private var position = SourceDocument.Position(line: 1, column: 1)

  mutating func position(of wanted: Int, in bytes: [UInt8]) -> SourceDocument.Position {
    if wanted < offset { self = PositionCursor() }
    if offset == 0, bytes.starts(with: SourceText.byteOrderMark) { offset = SourceText.byteOrderMark.count }
    while offset < min(wanted, bytes.count) {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\n") {
        position.line += 1
        position.column = 1
      } else if byte & 0b1100_0000 != 0b1000_0000 {
        position.column += 1
      }
      offset += 1
    }
    return position
  }
}
