import FoundationEssentials
import Quantities

/// Any JSON value, read leniently: platforms print one number as a number or as a string, leave
/// fields out or write null, by version.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value of a whole file, or `nil` if it is not JSON.
  init?(parsing bytes: [UInt8]) {
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let content = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(content)) else { return nil }
    self = value
  }

  /// The value of the first of `keys` that is there and not null.
  func first(_ keys: [String]) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    for key in keys {
      if let value = members[key], value != .null { return value }
    }
    return nil
  }

  /// Whether it is an object with one of `keys`, even with the value null.
  func has(_ keys: String...) -> Bool {
    guard case .object(let members) = self else { return false }
    return keys.contains { members[$0] != nil }
  }

  /// The entries of an array.
  var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// A non-empty string; numbers and booleans as they are written.
  var text: String? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .number(let number): number.text(significantDigits: 15)
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }

  /// A number, or a string that reads as one.
  var number: Double? {
    switch self {
    case .number(let number): number.isFinite ? number : nil
    case .string(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    case .null, .bool, .array, .object: nil
    }
  }

  /// True or false, also as the words of Python.
  var flag: Bool? {
    switch self {
    case .bool(let value): value
    case .string(let text): ["true": true, "false": false][text.lowercased()]
    case .null, .number, .array, .object: nil
    }
  }
}

extension JSONValue: Decodable {
  /// Decodes any JSON value; a number that no Double holds counts as null.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let members = try? container.decode([String: JSONValue].self) {
      self = .object(members)
    } else {
      self = .array((try? container.decode([JSONValue].self)) ?? [])
    }
  }
}
