import EvacuationModel

/// Reads the XML that virtualization tools write: elements, attributes, text, CDATA.
///
/// Written out by hand because the readers that could be had (XMLCoder, FoundationXML) bring libxml2 and all of
/// Foundation into a target that has neither, and because a document type's entities, the dangerous half of XML, are
/// simply not read here.
struct XMLReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var open: [XMLElement] = []
  private var roots: [XMLElement] = []

  /// All top-level elements: one file may hold what several commands printed. Throws where the text is cut off or
  /// does not nest.
  static func elements(_ bytes: [UInt8]) throws(SyntaxError) -> [XMLElement] {
    var reader = Self(bytes: bytes)
    try reader.read()
    return reader.roots
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() throws(SyntaxError) {
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "<") else {
        takeText()
        continue
      }
      if starts(with: "<!--") {
        try skip(past: "-->")
      } else if starts(with: "<![CDATA[") {
        let start = offset + 9
        try skip(past: "]]>")
        append(String(decoding: bytes[start..<(offset - 3)], as: UTF8.self))
      } else if starts(with: "<?") {
        try skip(past: "?>")
      } else if starts(with: "<!") {
        try skipDeclaration()
      } else if starts(with: "</") {
        try closeElement()
      } else {
        try openElement()
      }
    }
    if let unclosed = open.last {
      throw error("<\(shown(unclosed.name))> is not closed: the file is cut off")
    }
  }

  private func error(_ message: String) -> SyntaxError {
    SyntaxError(place: .offset(min(offset, bytes.count)), message: message, help: "capture it again")
  }

  private func starts(with text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[offset...].starts(with: $0) }
  }

  private mutating func skip(past end: StaticString) throws(SyntaxError) {
    while offset < bytes.count, !starts(with: end) { offset += 1 }
    guard offset < bytes.count else { throw error("a comment or declaration without an end") }
    offset += end.utf8CodeUnitCount
  }

  /// `<!DOCTYPE …>`, with what stands in its brackets.
  private mutating func skipDeclaration() throws(SyntaxError) {
    var depth = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "<") { depth += 1 }
      if bytes[offset] == UInt8(ascii: ">") { depth -= 1 }
      offset += 1
      if depth == 0 { return }
    }
    throw error("a declaration without an end")
  }

  private mutating func takeText() {
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
    append(Self.unescaped(bytes[start..<offset]))
  }

  private mutating func append(_ text: String) {
    guard !open.isEmpty else { return }
    open[open.count - 1].text += text
  }

  private mutating func openElement() throws(SyntaxError) {
    offset += 1
    let name = word()
    guard !name.isEmpty else { throw error("`<` without a name behind it") }
    guard open.count < SourceText.deepest else { throw error("nested too deeply") }
    var element = XMLElement(name: Self.local(name))
    while true {
      skipSpaces()
      guard offset < bytes.count else { throw error("<\(shown(name))> is cut off") }
      if bytes[offset] == UInt8(ascii: ">") {
        offset += 1
        open.append(element)
        return
      }
      if starts(with: "/>") {
        offset += 2
        return add(element)
      }
      let (key, value) = try attribute(of: name)
      element.attributes[Self.local(key)] = value
    }
  }

  private mutating func attribute(of element: String) throws(SyntaxError) -> (String, String) {
    let key = word()
    skipSpaces()
    guard !key.isEmpty, offset < bytes.count, bytes[offset] == UInt8(ascii: "=") else {
      throw error("<\(shown(element))> has an attribute that cannot be read")
    }
    offset += 1
    skipSpaces()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "'") || bytes[offset] == UInt8(ascii: "\"")
    else { throw error("\(shown(key)) has a value without quotes") }
    let quote = bytes[offset]
    offset += 1
    let start = offset
    while offset < bytes.count, bytes[offset] != quote { offset += 1 }
    guard offset < bytes.count else { throw error("\(shown(key)) has a value without an end") }
    offset += 1
    return (key, Self.unescaped(bytes[start..<(offset - 1)]))
  }

  private mutating func closeElement() throws(SyntaxError) {
    offset += 2
    let name = word()
    skipSpaces()
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: ">") else {
      throw error("</\(shown(name)) is cut off")
    }
    guard let element = open.last, element.name == Self.local(name) else {
      throw error("</\(shown(name))> closes what is not open")
    }
    offset += 1
    open.removeLast()
    add(element)
  }

  private mutating func add(_ element: XMLElement) {
    var element = element
    element.text = element.text.trimming { $0.isWhitespace }
    if open.isEmpty { roots.append(element) } else { open[open.count - 1].children.append(element) }
  }

  private mutating func skipSpaces() {
    while offset < bytes.count, SourceText.isSpace(bytes[offset]) { offset += 1 }
  }

  private mutating func word() -> String {
    let start = offset
    while offset < bytes.count, !SourceText.isSpace(bytes[offset]), !"=/>".utf8.contains(bytes[offset]) {
      offset += 1
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func local(_ name: String) -> String {
    name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]

  /// The five entities that XML always has and characters by number; anything else stays as it is.
  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(12).firstIndex(of: ";"),
        let character = character(String(rest[rest.index(after: start)..<end]))
      else {
        result += "&"
        rest = rest.dropFirst()
        continue
      }
      result += character
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(_ entity: String) -> String? {
    guard entity.hasPrefix("#") else { return entities[entity] }
    let digits = entity.dropFirst()
    let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
