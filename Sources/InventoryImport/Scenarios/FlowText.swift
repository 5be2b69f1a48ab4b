/// A value on one line, as one may write it behind a key: what a scenario changes is told, compared and read again
/// in this form.
enum FlowText {
  static func of(_ value: SourceValue) -> String {
    let document = value.reader.document
    switch value.kind {
    case .null: return "null"
    case .bool, .number: return value.text
    case .string: return string(value.text)
    case .sequence:
      let elements = document.elements(value.node).map { of(SourceValue(reader: value.reader, node: $0)) }
      return "[\(elements.joined(separator: ", "))]"
    case .mapping:
      let pairs = document.keys(value.node).map { key in
        "\(string(document.string(key))): \(of(SourceValue(reader: value.reader, node: key + 1)))"
      }
      return "{ \(pairs.joined(separator: ", ")) }"
    }
  }

  /// Bare where that reads as the same text, as in `10 Gbit/s` and `20 %`; else in quotes.
  private static func string(_ text: String) -> String {
    isSimple(text) && YAMLBuilder.coreKind(text) == .string ? text : YAMLScalar.text(text)
  }

  private static func isSimple(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, isWord(first), last != UInt8(ascii: " ")
    else { return false }
    return text.utf8.allSatisfy { isWord($0) || " _./%+-".utf8.contains($0) }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// The structure of a value that was written on one line.
  static func document(_ text: String) throws(SyntaxError) -> SourceDocument {
    try YAMLBuilder.document(Array(text.utf8), from: 0)
  }
}
