/// Why a text is no quantity, and how it should be written.
public enum QuantityError: Error, Hashable, Sendable {
  /// A bare number where a unit is needed; `example` is the number with the most likely unit.
  case missingUnit(number: String, example: String)
  /// A unit of another kind, or none at all.
  case unknownUnit(String, known: [String])
  /// Nothing that reads as a number.
  case notANumber(String)
  /// Below zero.
  case negative(String)
  /// More than any real system has, or not finite.
  case outOfRange(String)

  /// What is wrong, as a clause.
  public var message: String {
    switch self {
    case .missingUnit(let number, _): "\"\(number)\" has no unit"
    case .unknownUnit(let unit, _): "\"\(unit)\" is not a unit that fits here"
    case .notANumber(let text): "\"\(text)\" is not a number with a unit"
    case .negative(let text): "\"\(text)\" is negative"
    case .outOfRange(let text): "\"\(text)\" is out of range"
    }
  }

  /// What to write instead.
  public var remedy: String {
    switch self {
    case .missingUnit(_, let example): "write \"\(example)\"; a unit is never guessed"
    case .unknownUnit(_, let known): "use one of \(known.joined(separator: ", "))"
    case .notANumber: "write a number and a unit, as in \"16 GiB\", \"10 Gbit/s\" or \"500 ms\""
    case .negative: "write zero or more"
    case .outOfRange: "check the number of digits and the unit"
    }
  }
}

/// Splits `16 GiB` into its number and its unit; the unit may be empty.
///
/// Works on bytes: a large inventory has a million quantities.
private func split(_ text: String) throws(QuantityError) -> (number: Double, unit: String, digits: String) {
  let trimmed = text[...].trimmingSpaces()
  let end = trimmed.utf8.firstIndex { !isNumeric($0) } ?? trimmed.endIndex
  let digits = trimmed[..<end]
  // `e` belongs to the number only where digits follow it, as in 1e3; `4 e` and `4eggs` are no numbers.
  guard let number = Double(digits) else { throw .notANumber(text) }
  guard number.isFinite else { throw .outOfRange(text) }
  guard number >= 0 else { throw .negative(text) }
  return (number, String(trimmed[end...].trimmingSpaces()), String(digits))
}

private func isNumeric(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "e"), UInt8(ascii: "E"):
    true
  default: false
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> Substring {
    let space = UInt8(ascii: " ")
    var view = utf8
    while view.first == space { view.removeFirst() }
    while view.last == space { view.removeLast() }
    return Substring(view)
  }
}

private typealias Units = [(name: String, factor: Double)]

private let amountUnits: Units = [
  ("B", 1), ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40), ("PiB", 0x1p50),
  ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("PB", 1e15),
]

private let rateUnits: Units = [
  ("B/s", 1), ("KiB/s", 0x1p10), ("MiB/s", 0x1p20), ("GiB/s", 0x1p30), ("TiB/s", 0x1p40),
  ("kB/s", 1e3), ("KB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12),
  ("bit/s", 0.125), ("kbit/s", 125), ("Kbit/s", 125), ("Mbit/s", 125e3), ("Gbit/s", 125e6),
  ("Tbit/s", 125e9),
]

private let timeUnits: Units = [
  ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("h", 3600), ("d", 86400),
]

private func scale(
  _ text: String, units: Units, example: String, limit: Double
) throws(QuantityError) -> Double {
  let (number, unit, digits) = try split(text)
  guard !unit.isEmpty else { throw .missingUnit(number: digits, example: "\(digits) \(example)") }
  guard let factor = units.first(where: { $0.name == unit })?.factor else {
    throw .unknownUnit(unit, known: units.map(\.name))
  }
  let value = number * factor
  guard value <= limit else { throw .outOfRange(text) }
  return value
}

extension ByteCount {
  /// Reads `512 MiB`, `80 GB`, `4096 B`: IEC units are powers of 2, SI units powers of 10.
  ///
  /// At most 1 EiB, so that sums over a large inventory stay far from overflow.
  public init(parsing text: String) throws(QuantityError) {
    self.init(rounding: try scale(text, units: amountUnits, example: "GiB", limit: 0x1p60))
  }
}

extension DataRate {
  /// Reads `10 Gbit/s`, `900 MiB/s`, `125 MB/s`: bit units divide by eight.
  public init(parsing text: String) throws(QuantityError) {
    self.init(bytesPerSecond: try scale(text, units: rateUnits, example: "MiB/s", limit: 1e18))
  }
}

extension Duration {
  /// Reads `500 ms`, `75 s`, `10 min`, `4 h`, `2 d`.
  public init(parsing text: String) throws(QuantityError) {
    self.init(clampingSeconds: try scale(text, units: timeUnits, example: "s", limit: 1e12))
  }
}

extension Ratio {
  /// Reads `20 %` or `0.2`.
  public init(parsing text: String) throws(QuantityError) {
    let (number, unit, _) = try split(text)
    switch unit {
    case "": self.init(number)
    case "%": self = .percent(number)
    default: throw .unknownUnit(unit, known: ["%"])
    }
    guard fraction <= 1e6 else { throw .outOfRange(text) }
  }
}
