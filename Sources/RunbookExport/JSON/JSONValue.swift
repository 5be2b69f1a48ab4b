/// A piece of a JSON document that is written without an encoder: forecasts come by the hundred thousand.
///
/// The text is that of `JSONText`: keys sorted, indented by two spaces, slashes as they are.
enum JSONValue {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// `null` for what is absent.
  static func optional(_ number: JSONNumber?) -> Self { number.map { .number($0) } ?? .null }

  /// Appends its text, with `indentation` levels for the lines after the first.
  func write(to text: inout String, indentation: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += value.description
    case .number(let number): text += number.text
    case .string(let value): Self.quote(value, to: &text)
    case .array(let values):
      Self.list(values, "[", "]", to: &text, indentation: indentation) { value, text in
        value.write(to: &text, indentation: indentation + 1)
      }
    case .object(let fields):
      Self.list(fields.sorted { $0.key < $1.key }, "{", "}", to: &text, indentation: indentation) {
        field, text in
        text += "\""
        text += field.key
        text += "\" : "
        field.value.write(to: &text, indentation: indentation + 1)
      }
    }
  }

  /// Appends what stands between `open` and `close`, each item on a line of its own.
  static func list<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, indentation: Int,
    _ write: (Item, inout String) -> Void
  ) {
    text += open
    text += items.isEmpty ? "\n" : ""
    for (place, item) in items.enumerated() {
      text += place == 0 ? "\n" : ",\n"
      indent(indentation + 1, &text)
      write(item, &text)
    }
    text += "\n"
    indent(indentation, &text)
    text += close
  }

  private static func indent(_ levels: Int, _ text: inout String) {
    for _ in 0..<levels { text += "  " }
  }

  /// Appends `value` as JSON has texts.
  static func quote(_ value: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
    else {
      text += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..."\u{F}": text += "\\u000" + String(scalar.value, radix: 16)
      case "\u{10}"..."\u{1F}": text += "\\u00" + String(scalar.value, radix: 16)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension JSONValue: Encodable {
  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// For the documents that an encoder writes.
  func encode(to encoder: any Encoder) throws {
    if case .object(let fields) = self {
      var container = encoder.container(keyedBy: Key.self)
      for field in fields { try container.encode(field.value, forKey: Key(stringValue: field.key)) }
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .null, .object: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let values): try container.encode(values)
    }
  }
}
