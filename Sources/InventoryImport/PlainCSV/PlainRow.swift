import EvacuationModel
import Quantities

/// A row of evac's own CSV: a cell holds a number in its column's unit, or a quantity with a unit of its own.
struct PlainRow {
  let row: ListingTable.Row
  let path: String
  private(set) var findings: [Finding] = []

  init(_ row: ListingTable.Row, path: String) {
    self.row = row
    self.path = path
  }

  var place: String { "row \(row.number)" }

  func text(_ column: String) -> String? { row.text(column) }

  mutating func report(_ code: FindingCode, _ message: String, help: String) {
    findings.append(Finding(code, path: path, place: place, message: message, help: help))
  }

  /// A number of at least zero.
  mutating func number(_ column: String) -> Double? {
    guard let text = row.text(column) else { return nil }
    if let number = Double(text), number.isFinite, number >= 0 { return number }
    report(
      .badQuantity, "`\(column)`: \(quoted(text)) is no number",
      help: "write a plain number with a point, or nothing")
    return nil
  }

  /// A whole number from 1 to a million.
  mutating func processors(_ column: String) -> Int? {
    guard let number = number(column) else { return nil }
    if (1...1e6).contains(number) { return Int(number) }
    report(
      .badQuantity, "`\(column)`: \(quoted(row.text(column) ?? "")) is out of range", help: "write at least 1"
    )
    return nil
  }

  /// An amount: a number of `unit` bytes, or one with its unit.
  mutating func amount(_ column: String, unit: Double) -> ByteCount? {
    guard let text = row.text(column) else { return nil }
    if let number = Double(text) {
      if (0...0x1p60).contains(number * unit) { return ByteCount(rounding: number * unit) }
      report(.badQuantity, "`\(column)`: \(quoted(text)) is out of range", help: "check the number of digits")
      return nil
    }
    return quantity(column, text) { text throws(QuantityError) in try ByteCount(parsing: text) }
  }

  /// A rate: a number of `unit` bytes a second, or one with its unit.
  mutating func rate(_ column: String, unit: Double) -> DataRate? {
    guard let text = row.text(column) else { return nil }
    if let number = Double(text) {
      if (0...1e18).contains(number * unit) { return DataRate(bytesPerSecond: number * unit) }
      report(.badQuantity, "`\(column)`: \(quoted(text)) is out of range", help: "check the number of digits")
      return nil
    }
    return quantity(column, text) { text throws(QuantityError) in try DataRate(parsing: text) }
  }

  private mutating func quantity<Quantity>(
    _ column: String, _ text: String, _ parse: (String) throws(QuantityError) -> Quantity
  ) -> Quantity? {
    do throws(QuantityError) {
      return try parse(text)
    } catch {
      report(.badQuantity, "`\(column)`: \(error.message)", help: error.remedy)
      return nil
    }
  }

  /// One of an enumeration's words, in any case.
  mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ column: String, _: Choice.Type = Choice.self
  ) -> Choice? {
    guard let word = row.text(column) else { return nil }
    if let choice = Choice(rawValue: word.lowercased()) { return choice }
    report(
      .badChoice, "`\(column)`: \(quoted(word)) is not a word that fits here",
      help: Suggestion.help(for: word, among: Choice.allCases.map(\.rawValue)))
    return nil
  }
}
