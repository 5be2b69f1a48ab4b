/// A JSON value as far as a migration's statistics need it.
indirect enum JSONValue: Hashable, Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case number(Double)
  case other

  /// The value of a key of an object.
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// A number that can be an amount: not negative, and at most 10¹⁸.
  var amount: Double? {
    if case .number(let value) = self, value >= 0, value <= 1e18 { value } else { nil }
  }
}

/// Reads one JSON value (RFC 8259) out of a text that may hold many, with others between them.
///
/// Logs of `query-migrate` are lists, lines, or answers one after the other; no decoder for whole documents reads
/// them.
struct JSONValueReader {
  private let bytes: [UInt8]
  private(set) var at: Int
  private static let deepest = 64

  init(_ bytes: [UInt8], at start: Int) {
    self.bytes = bytes
    at = start
  }

  /// The value that begins here; `nil` if it is none or is cut off.
  mutating func value(depth: Int = 0) -> JSONValue? {
    skipBlanks()
    guard at < bytes.count, depth < Self.deepest else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return array(depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "-"), 48...57: return number()
    default: return word()
    }
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    var members: [String: JSONValue] = [:]
    at += 1
    if next(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      guard let key = string(), next(UInt8(ascii: ":")), let value = value(depth: depth + 1) else {
        return nil
      }
      members[key] = value
    } while next(UInt8(ascii: ","))
    return next(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(_ depth: Int) -> JSONValue? {
    var items: [JSONValue] = []
    at += 1
    if next(UInt8(ascii: "]")) { return .array(items) }
    repeat {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
    } while next(UInt8(ascii: ","))
    return next(UInt8(ascii: "]")) ? .array(items) : nil
  }

  /// A text; escapes stay as they are, because no key or word that matters has any.
  private mutating func string() -> String? {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
    let start = at + 1
    at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard at < bytes.count else { return nil }
    defer { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func number() -> JSONValue? {
    let start = at
    while at < bytes.count, "+-.eE0123456789".utf8.contains(bytes[at]) { at += 1 }
    return Double(String(decoding: bytes[start..<at], as: UTF8.self)).map { .number($0) }
  }

  private mutating func word() -> JSONValue? {
    for word: Phrase in ["true", "false", "null"] where bytes[at...].starts(with: word.bytes) {
      at += word.bytes.count
      return .other
    }
    return nil
  }

  private mutating func next(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func skipBlanks() {
    while at < bytes.count, [32, 9, 10, 13].contains(bytes[at]) { at += 1 }
  }
}
