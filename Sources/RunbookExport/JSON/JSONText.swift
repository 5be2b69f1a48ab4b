import Quantities

/// Writes one JSON document: keys sorted, indented, slashes as they are, a newline at the end.
///
/// Two plans that are equal are equal byte for byte, so that `diff` and digests mean something.
enum JSONText {
  static func write(_ document: some Encodable) throws -> String {
    try JSONTextEncoder.text(of: document) + "\n"
  }
}

/// A value that is written as `null` when it is absent, where a plain optional would lose its key.
struct Nullable<Value: Encodable>: Encodable {
  let value: Value?

  init(_ value: Value?) {
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// A number that JSON can hold; infinite and not-a-number become zero.
struct JSONNumber: Encodable {
  let value: Double

  init(exactly value: Double) { self.value = value.isFinite ? value : 0 }

  /// Seconds, rounded to 1 ms.
  init(seconds: Double) {
    // Beyond 10¹² s there are no milliseconds left to round to, and far beyond the product would be infinite.
    value = !seconds.isFinite ? 0 : abs(seconds) < 1e12 ? (seconds * 1000).rounded() / 1000 : seconds
  }

  /// Seconds, rounded to 1 ms.
  init(_ duration: Duration) {
    self.init(seconds: duration.seconds)
  }

  /// Whole bytes per second; no bound is written 0, as nothing is transferred then.
  init(_ rate: DataRate) {
    value = rate.bytesPerSecond.isFinite ? rate.bytesPerSecond.rounded() : 0
  }

  /// A fraction of one, rounded to 10⁻⁶.
  init(_ ratio: Ratio) {
    value = ratio.fraction.isFinite && abs(ratio.fraction) < 1e9 ? (ratio.fraction * 1e6).rounded() / 1e6 : 0
  }

  /// Its shortest text; whole numbers without a point.
  var text: String {
    if let whole = Int64(exactly: value), whole != 0, abs(value) < 1e15 { return whole.description }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
