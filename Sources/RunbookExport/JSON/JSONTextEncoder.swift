/// Writes documents as `JSONText` describes them: keys in snake case and sorted.
///
/// Foundation's encoder takes several times as long, and a large plan has a million values.
final class JSONTextEncoder: Encoder {
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]
  fileprivate let names: SnakeCaseNames
  /// Levels of the line on which the value begins.
  private let indentation: Int
  fileprivate var single = "null"
  fileprivate var fields: [(key: String, text: String)]?
  fileprivate var elements: [String]?
  /// Handed out to be written later, with the place that is kept for each.
  private var open: [(place: Int, encoder: JSONTextEncoder)] = []

  private init(_ names: SnakeCaseNames, indentation: Int) {
    self.names = names
    self.indentation = indentation
  }

  /// The text of `document`.
  static func text(of document: some Encodable) throws -> String {
    try text(of: document, SnakeCaseNames(), indentation: 0)
  }

  /// The text of a value in this one.
  fileprivate func text(inside value: some Encodable) throws -> String {
    try Self.text(of: value, names, indentation: indentation + 1)
  }

  /// The text of a value that is all of this one.
  fileprivate func text(inPlace value: some Encodable) throws -> String {
    try Self.text(of: value, names, indentation: indentation)
  }

  private static func text<Value: Encodable>(
    of value: Value, _ names: SnakeCaseNames, indentation: Int
  ) throws -> String {
    if Value.self == JSONNumber.self, let number = value as? JSONNumber { return number.text }
    if Value.self == JSONValue.self, let value = value as? JSONValue {
      var text = ""
      value.write(to: &text, indentation: indentation)
      return text
    }
    let encoder = JSONTextEncoder(names, indentation: indentation)
    try value.encode(to: encoder)
    return encoder.text()
  }

  private func text() -> String {
    var text = ""
    if var fields {
      for (place, encoder) in open { fields[place].text = encoder.text() }
      JSONValue.list(fields.sorted { $0.key < $1.key }, "{", "}", to: &text, indentation: indentation) {
        field, text in
        text += "\""
        text += field.key
        text += "\" : "
        text += field.text
      }
    } else if var elements {
      for (place, encoder) in open { elements[place] = encoder.text() }
      JSONValue.list(elements, "[", "]", to: &text, indentation: indentation) { $1 += $0 }
    } else {
      text = single
    }
    return text
  }

  fileprivate func opened(at place: Int) -> JSONTextEncoder {
    let encoder = JSONTextEncoder(names, indentation: indentation + 1)
    open.append((place, encoder))
    return encoder
  }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    fields = fields ?? []
    return KeyedEncodingContainer(Keyed<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    elements = elements ?? []
    return Unkeyed(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  fileprivate static func quoted(_ text: String) -> String {
    var result = ""
    JSONValue.quote(text, to: &result)
    return result
  }
}

/// Keys in snake case, each converted once in a document. Words begin at capitals, and none of our keys has two in
/// a row; a digit belongs to the word before it.
private final class SnakeCaseNames {
  private var known: [String: String] = [:]

  func name(of key: String) -> String {
    if let name = known[key] { return name }
    var name = ""
    for character in key {
      if character.isUppercase, !name.isEmpty { name += "_" }
      name += character.lowercased()
    }
    known[key] = name
    return name
  }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: JSONTextEncoder
  var codingPath: [any CodingKey] { [] }

  private func add(_ text: String, _ key: any CodingKey) {
    encoder.fields?.append((encoder.names.name(of: key.stringValue), text))
  }

  private func opened(_ key: any CodingKey) -> JSONTextEncoder {
    add("null", key)
    return encoder.opened(at: (encoder.fields?.count ?? 1) - 1)
  }

  func encodeNil(forKey key: Key) { add("null", key) }
  func encode(_ value: Bool, forKey key: Key) { add(value.description, key) }
  func encode(_ value: String, forKey key: Key) { add(JSONTextEncoder.quoted(value), key) }
  func encode(_ value: Int, forKey key: Key) { add(value.description, key) }
  func encode(_ value: Int64, forKey key: Key) { add(value.description, key) }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    add(try encoder.text(inside: value), key)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { opened(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    opened(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { Key(stringValue: "super").map { opened($0) } ?? encoder }

  func superEncoder(forKey key: Key) -> any Encoder { opened(key) }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let encoder: JSONTextEncoder
  var codingPath: [any CodingKey] { [] }
  var count: Int { encoder.elements?.count ?? 0 }

  private func opened() -> JSONTextEncoder {
    encoder.elements?.append("null")
    return encoder.opened(at: count - 1)
  }

  func encodeNil() { encoder.elements?.append("null") }
  func encode(_ value: String) { encoder.elements?.append(JSONTextEncoder.quoted(value)) }

  func encode<Value: Encodable>(_ value: Value) throws {
    let text = try encoder.text(inside: value)
    encoder.elements?.append(text)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    opened().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { opened().unkeyedContainer() }

  func superEncoder() -> any Encoder { opened() }
}

private struct Single: SingleValueEncodingContainer {
  let encoder: JSONTextEncoder
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { encoder.single = "null" }
  func encode(_ value: Bool) { encoder.single = value.description }
  func encode(_ value: String) { encoder.single = JSONTextEncoder.quoted(value) }
  func encode(_ value: Double) { encoder.single = JSONNumber(exactly: value).text }
  func encode(_ value: Float) { encode(Double(value)) }
  func encode(_ value: Int) { encoder.single = value.description }
  func encode(_ value: Int8) { encoder.single = value.description }
  func encode(_ value: Int16) { encoder.single = value.description }
  func encode(_ value: Int32) { encoder.single = value.description }
  func encode(_ value: Int64) { encoder.single = value.description }
  func encode(_ value: UInt) { encoder.single = value.description }
  func encode(_ value: UInt8) { encoder.single = value.description }
  func encode(_ value: UInt16) { encoder.single = value.description }
  func encode(_ value: UInt32) { encoder.single = value.description }
  func encode(_ value: UInt64) { encoder.single = value.description }

  func encode<Value: Encodable>(_ value: Value) throws {
    // The value stands where this one does, not inside it.
    encoder.single = try encoder.text(inPlace: value)
  }
}
