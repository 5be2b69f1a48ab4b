import EvacuationModel

/// Reads JSON (RFC 8259) into a flat document.
///
/// Foundation's decoder knows no places, and it is too slow for an inventory of 50 MB.
struct JSONScanner {
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  private let bytes: [UInt8]
  private var at: Int
  private var nodes: [SourceDocument.Node] = []

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    at = start
    nodes.reserveCapacity(bytes.count / 12)
  }

  mutating func document() throws(SyntaxError) -> SourceDocument {
    guard bytes.count <= UInt32.max else {
      throw SyntaxError(
        code: .tooLarge, place: .whole, message: "the file has more than 4 GiB",
        help: "split the inventory")
    }
    try value(depth: 0)
    skipSpace()
    guard at == bytes.count else {
      throw error("text after the end of the JSON document", "remove what follows the last `}`")
    }
    return SourceDocument(text: bytes, nodes: nodes, positions: nil)
  }

  private mutating func value(depth: Int) throws(SyntaxError) {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): try collection(.mapping, closing: UInt8(ascii: "}"), depth: depth)
    case UInt8(ascii: "["): try collection(.sequence, closing: UInt8(ascii: "]"), depth: depth)
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true", .bool)
    case UInt8(ascii: "f"): try word("false", .bool)
    case UInt8(ascii: "n"): try word("null", .null)
    case let first? where first == UInt8(ascii: "-") || Self.digits.contains(first): try number()
    case nil: throw error("the file ends in the middle of a value", "it may have been cut off; get it again")
    default: throw error("\(shownByte) where a value is expected", "JSON needs quotes around every text")
    }
  }

  private mutating func collection(
    _ kind: SourceDocument.Kind, closing: UInt8, depth: Int
  ) throws(SyntaxError) {
    guard depth < SourceText.deepest else {
      throw error(
        "nested more than \(SourceText.deepest) levels deep", "no format that is read here nests so deeply")
    }
    let index = nodes.count
    nodes.append(.init(kind: kind, start: UInt32(at), end: UInt32(at), next: 0))
    at += 1
    skipSpace()
    var count: UInt32 = 0
    if peek == closing {
      at += 1
    } else {
      while true {
        if kind == .mapping { try key() }
        try value(depth: depth + 1)
        count += 1
        skipSpace()
        if peek == UInt8(ascii: ",") {
          at += 1
        } else if peek == closing {
          at += 1
          break
        } else {
          let wanted = Character(Unicode.Scalar(closing))
          throw error(
            "\(shownByte) where `,` or `\(wanted)` is expected", "check quotes, commas and brackets")
        }
      }
    }
    nodes[index].end = UInt32(at)
    nodes[index].next = UInt32(nodes.count)
    nodes[index].count = count
  }

  private mutating func key() throws(SyntaxError) {
    skipSpace()
    guard peek == UInt8(ascii: "\"") else {
      throw error("\(shownByte) where a key in quotes is expected", "check quotes, commas and brackets")
    }
    try string()
    skipSpace()
    guard peek == UInt8(ascii: ":") else {
      throw error("\(shownByte) where `:` is expected", "a key is followed by a colon and its value")
    }
    at += 1
  }

  private mutating func string() throws(SyntaxError) {
    let start = at + 1
    var escaped = false
    at = start
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") {
        escaped = true
        try escape()
      } else if byte < 0x20 {
        throw error("a line break or control character inside a text", #"write it as an escape such as `\n`"#)
      } else {
        at += 1
      }
    }
    guard at < bytes.count else {
      at = start - 1
      throw error("a text whose closing quote is missing", "it may have been cut off; get it again")
    }
    append(.string, start: start, end: at, escaped: escaped)
    at += 1
  }

  private mutating func number() throws(SyntaxError) {
    let start = at
    if peek == UInt8(ascii: "-") { at += 1 }
    if peek == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if peek == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      at += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    append(.number, start: start, end: at)
  }

  private mutating func digits() throws(SyntaxError) {
    let start = at
    while let byte = peek, Self.digits.contains(byte) { at += 1 }
    guard at > start else { throw error("\(shownByte) where a digit is expected", "write a plain number") }
  }

  private mutating func word(_ word: String, _ kind: SourceDocument.Kind) throws(SyntaxError) {
    let end = at + word.utf8.count
    guard end <= bytes.count, bytes[at..<end].elementsEqual(word.utf8) else {
      throw error("\(shownByte) where a value is expected", "JSON needs quotes around every text")
    }
    append(kind, start: at, end: end)
    at = end
  }

  private mutating func append(_ kind: SourceDocument.Kind, start: Int, end: Int, escaped: Bool = false) {
    let next = UInt32(nodes.count + 1)
    nodes.append(
      .init(kind: kind, isEscaped: escaped, start: UInt32(start), end: UInt32(end), next: next))
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.count, SourceText.isSpace(bytes[at]) { at += 1 }
  }
}

// Escapes.
extension JSONScanner {
  private mutating func escape() throws(SyntaxError) {
    let start = at
    at += 1
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if UTF16.isTrailSurrogate(unit) { throw unpaired(at: start) }
      if UTF16.isLeadSurrogate(unit) {
        guard peek == UInt8(ascii: "\\"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else {
          throw unpaired(at: start)
        }
        at += 1
        guard UTF16.isTrailSurrogate(try hexadecimal()) else { throw unpaired(at: start) }
      }
    default:
      throw error("an escape that JSON does not have", #"write a backslash as `\\`"#)
    }
  }

  /// The four digits after `u`, at which the scanner stands.
  private mutating func hexadecimal() throws(SyntaxError) -> UInt16 {
    let digits = bytes[min(at + 1, bytes.count)..<min(at + 5, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else {
      throw error(#"`\u` without four hexadecimal digits"#, #"write it as in `\u00e9`"#)
    }
    at += 5
    return unit
  }

  private mutating func unpaired(at start: Int) -> SyntaxError {
    at = start
    return error("half of a surrogate pair", "write the character itself; the file is UTF-8")
  }

  private func error(_ message: String, _ help: String) -> SyntaxError {
    SyntaxError(place: .offset(at), message: message, help: help)
  }

  private var shownByte: String {
    guard let byte = peek else { return "the end of the file" }
    return byte > 0x20 && byte < 0x7F ? "`\(Character(Unicode.Scalar(byte)))`" : "an unexpected character"
  }

  /// The text of a scanned string, whose escapes are known to be sound.
  static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
    var units: [UInt16] = []
    var result = ""
    var rest = bytes
    func flush() {
      if !units.isEmpty { result += String(decoding: units, as: UTF16.self) }
      units = []
    }
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
        flush()
        let run = rest.prefix { $0 != UInt8(ascii: "\\") }
        result += String(decoding: [byte] + run, as: UTF8.self)
        rest = rest.dropFirst(run.count)
        continue
      }
      switch kind {
      case UInt8(ascii: "b"): units.append(8)
      case UInt8(ascii: "f"): units.append(12)
      case UInt8(ascii: "n"): units.append(10)
      case UInt8(ascii: "r"): units.append(13)
      case UInt8(ascii: "t"): units.append(9)
      case UInt8(ascii: "u"):
        units.append(UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      default: units.append(UInt16(kind))
      }
    }
    flush()
    return result
  }
}
