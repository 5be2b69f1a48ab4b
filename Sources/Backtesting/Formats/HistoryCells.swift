import Quantities

/// The cells of one migration in a history, whose quantities stand either with their unit in the cell (`16 GiB`) or as
/// plain numbers in a column that is named for the unit (`memory_gib`).
struct HistoryCells {
  let row: CSVRow

  fileprivate typealias Units = KeyValuePairs<String, Double>

  private static let amounts: Units = [
    "bytes": 1, "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40, "kb": 1e3, "mb": 1e6, "gb": 1e9,
    "tb": 1e12,
  ]
  private static let rates: Units = [
    "bytes_per_second": 1, "mib_per_second": 0x1p20, "gib_per_second": 0x1p30, "mb_per_second": 1e6,
    "gb_per_second": 1e9, "mbit_per_second": 125e3, "gbit_per_second": 125e6,
  ]
  private static let times: Units = ["seconds": 1, "milliseconds": 1e-3, "minutes": 60]

  /// Every name that a column for the quantity `name` may have.
  static func names(_ name: String, _ kind: Kind) -> [String] {
    [name] + kind.units.map { "\(name)_\($0.key)" }
  }

  /// What a column holds.
  enum Kind {
    case amount, rate, time, plain

    fileprivate var units: Units {
      switch self {
      case .amount: HistoryCells.amounts
      case .rate: HistoryCells.rates
      case .time: HistoryCells.times
      case .plain: [:]
      }
    }
  }

  /// An amount, at most 1 EiB.
  func amount(_ name: String) throws(SkipReason) -> ByteCount? {
    if let number = try plain(name, .amount, most: 0x1p60) { return ByteCount(rounding: number) }
    return try quantity(name) { text throws(QuantityError) in try ByteCount(parsing: text) }
  }

  /// A rate; `unlimited` is none.
  func rate(_ name: String) throws(SkipReason) -> DataRate? {
    if row.text(name) == "unlimited" { return nil }
    if let number = try plain(name, .rate, most: 1e18) { return DataRate(bytesPerSecond: number) }
    return try quantity(name) { text throws(QuantityError) in try DataRate(parsing: text) }
  }

  /// A time, at most 10¹² s.
  func time(_ name: String) throws(SkipReason) -> Duration? {
    if let number = try plain(name, .time, most: 1e12) { return Duration(clampingSeconds: number) }
    return try quantity(name) { text throws(QuantityError) in try Duration(parsing: text) }
  }

  /// A share from nothing to the whole.
  func share(_ name: String) throws(SkipReason) -> Ratio? {
    let share = try quantity(name) { text throws(QuantityError) in try Ratio(parsing: text) }
    if let share, share > .one { throw SkipReason("\(name): more than the whole") }
    return share
  }

  /// `true` or `false`, `yes` or `no`, `1` or `0`.
  func flag(_ name: String) throws(SkipReason) -> Bool? {
    switch row.text(name)?.lowercased() {
    case nil: nil
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: throw SkipReason("\(name): neither true nor false")
    }
  }

  /// A whole number from 1 to a million.
  func count(_ name: String) throws(SkipReason) -> Int? {
    guard let text = row.text(name) else { return nil }
    guard let number = Double(text), (1...1e6).contains(number) else {
      throw SkipReason("\(name): not a number from 1 on")
    }
    return Int(number)
  }

  /// One of the words of an enumeration.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(_ name: String) throws(SkipReason) -> Choice? {
    guard let text = row.text(name) else { return nil }
    if let choice = Choice(rawValue: text.lowercased()) { return choice }
    throw SkipReason("\(name): none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  private func quantity<Quantity>(
    _ name: String, parse: (String) throws(QuantityError) -> Quantity
  ) throws(SkipReason) -> Quantity? {
    guard let text = row.text(name) else { return nil }
    do throws(QuantityError) {
      return try parse(text)
    } catch {
      throw SkipReason("\(name): \(error.reason)")
    }
  }

  private func plain(_ name: String, _ kind: Kind, most: Double) throws(SkipReason) -> Double? {
    for (unit, factor) in kind.units {
      let column = "\(name)_\(unit)"
      guard let text = row.text(column) else { continue }
      guard let number = Double(text), number.isFinite else { throw SkipReason("\(column): not a number") }
      guard number >= 0, number * factor <= most else { throw SkipReason("\(column): out of range") }
      return number * factor
    }
    return nil
  }
}

extension QuantityError {
  /// What is wrong without the value, so that rows with the same mistake are told together.
  fileprivate var reason: String {
    switch self {
    case .missingUnit: "no unit; write it, or name the column for it"
    case .unknownUnit: "a unit that does not fit here"
    case .notANumber: "not a number with a unit"
    case .negative: "negative"
    case .outOfRange: "out of range"
    }
  }
}
