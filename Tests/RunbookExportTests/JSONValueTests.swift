import Quantities
import Testing

@testable import RunbookExport

@Suite struct `JSON written without an encoder` {
  private func both(_ value: JSONValue) -> (own: String, encoder: String) {
    var text = ""
    value.write(to: &text, indentation: 0)
    return (text + "\n", JSONText.write(value))
  }

  @Test(arguments: [
    0, -0.0, 1, 4.5, 0.001, 1e-7, 123_456_789.125, 1e14, 1e15, 1e16, 1.5e22, -3.25e300, .infinity, .nan,
  ])
  func `has the encoder's numbers`(seconds: Double) {
    let (own, encoder) = both(.object([("a", .number(JSONNumber(seconds: seconds)))]))
    #expect(own == encoder)
  }

  @Test(arguments: [
    "", "plain", "a/b", "\"quoted\" \\ back", "line\nbreak\r\ttab", "\u{0}\u{1}\u{8}\u{C}\u{1F}\u{7F}",
    "größer 🖥️ \u{2028}",
  ])
  func `has the encoder's strings`(string: String) {
    let (own, encoder) = both(.array([.string(string)]))
    #expect(own == encoder)
  }

  @Test func `has the encoder's layout and order`() {
    let (own, encoder) = both(
      .object([
        ("vm", .string("a")), ("b_2", .null), ("b_10", .bool(true)), ("empty", .array([])),
        ("none", .object([])), ("list", .array([.integer(.max), .object([("x", .integer(-1))])])),
      ]))
    #expect(own == encoder)
  }
}
