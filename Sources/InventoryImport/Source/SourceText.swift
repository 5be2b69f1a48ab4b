import EvacuationModel

/// From bytes to structure: decides between JSON and YAML and refuses what is neither.
enum SourceText {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Deeper than any of our formats by far, and shallow enough for every stack.
  static let deepest = 64

  static func document(_ bytes: [UInt8]) throws(SyntaxError) -> SourceDocument {
    try checkEncoding(bytes)
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    guard let first = bytes[start...].first(where: { !isSpace($0) }) else {
      throw SyntaxError(
        code: .emptyFile, place: .whole, message: "the file is empty",
        help: "an inventory, policy or plan begins with `format:`")
    }
    if first == UInt8(ascii: "{") {
      var scanner = JSONScanner(bytes, from: start)
      return try scanner.document()
    }
    return try YAMLBuilder.document(bytes, from: start)
  }

  private static func checkEncoding(_ bytes: [UInt8]) throws(SyntaxError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw SyntaxError(
        place: .whole, message: "the file is UTF-16, not UTF-8",
        help: "save it as UTF-8, for example with `iconv -f UTF-16 -t UTF-8`")
    }
    if let offset = bytes.firstIndex(of: 0) {
      throw SyntaxError(
        place: .offset(offset), message: "a NUL byte: this is no text",
        help: "check that this is the file you mean, and that it is saved as UTF-8")
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw SyntaxError(
        place: .offset(error.byteOffsets.lowerBound), message: "bytes that are no UTF-8",
        help: "save the file as UTF-8")
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\t")
  }
}
