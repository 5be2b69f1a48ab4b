import Foundation
import Quantities
import Testing

@testable import RunbookExport

@Suite struct `JSON written by our own encoder` {
  private func both(_ value: some Encodable) throws -> (own: String, encoder: String) {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return (try JSONText.write(value), String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
  }

  @Test(arguments: [
    0, -0.0, 1, 4.5, 0.001, 1e-7, 123_456_789.125, 1e14, 1e15, 1e16, 1.5e22, -3.25e300, .infinity, .nan,
  ])
  func `has Foundation's numbers`(seconds: Double) throws {
    let (own, encoder) = try both(JSONValue.object([("a", .number(JSONNumber(seconds: seconds)))]))
    #expect(own == encoder)
  }

  @Test(arguments: [
    "", "plain", "a/b", "\"quoted\" \\ back", "line\nbreak\r\ttab", "\u{0}\u{1}\u{8}\u{C}\u{1F}\u{7F}",
    "größer 🖥️ \u{2028}",
  ])
  func `has Foundation's strings`(string: String) throws {
    let (own, encoder) = try both(JSONValue.array([.string(string)]))
    #expect(own == encoder)
  }

  @Test func `has Foundation's layout and order`() throws {
    let (own, encoder) = try both(
      JSONValue.object([
        ("vm", .string("a")), ("b_2", .null), ("b_10", .bool(true)), ("empty", .array([])),
        ("none", .object([])), ("list", .array([.integer(.max), .object([("x", .integer(-1))])])),
      ]))
    #expect(own == encoder)
  }

  @Test func `has Foundation's keys and containers`() throws {
    struct Inner: Encodable {
      let makespanP50Seconds = 1
      let sha256 = "x"
      let nothing = Nullable<String>(nil)
      let something = Nullable(2.5)
    }
    struct Outer: Encodable {
      let seed = UInt64.max
      let inner = [Inner(), Inner()]
      let isEmpty = [Int]()
      let maybe: String? = nil

      enum Key: String, CodingKey { case lists, nested, twiceNested }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(inner, forKey: .lists)
        var nested = container.nestedUnkeyedContainer(forKey: .nested)
        try nested.encode(seed)
        try nested.encodeNil()
        var twice = container.nestedContainer(keyedBy: Key.self, forKey: .twiceNested)
        try twice.encode(isEmpty, forKey: .lists)
        try twice.encodeIfPresent(maybe, forKey: .nested)
      }
    }
    let (own, encoder) = try both(Outer())
    #expect(own == encoder)
  }
}
