import EvacuationModel
import Quantities

/// What is written as a number with a unit.
protocol WrittenQuantity {
  /// As it may be written.
  static var example: String { get }
  /// How it is named in messages.
  static var noun: String { get }
  var isPositive: Bool { get }
  init(parsing text: String) throws(QuantityError)
}

extension ByteCount: WrittenQuantity {
  static var example: String { "16 GiB" }
  static var noun: String { "an amount" }
  var isPositive: Bool { bytes > 0 }
}

extension DataRate: WrittenQuantity {
  static var example: String { "10 Gbit/s" }
  static var noun: String { "a rate" }
  var isPositive: Bool { bytesPerSecond > 0 }
}

extension Duration: WrittenQuantity {
  static var example: String { "75 s" }
  static var noun: String { "a time" }
  var isPositive: Bool { self > .zero }
}

extension Ratio: WrittenQuantity {
  static var example: String { "20 %" }
  static var noun: String { "a share" }
  var isPositive: Bool { fraction > 0 }
}

extension SourceValue {
  /// A number with its unit.
  func quantity<Quantity: WrittenQuantity>(_: Quantity.Type = Quantity.self) -> Quantity? {
    guard kind == .string || kind == .number else {
      reportKind(wanted: Quantity.noun, help: "write it as in \"\(Quantity.example)\"")
      return nil
    }
    let written = text
    do throws(QuantityError) {
      guard written.utf8.count <= 80 else { throw .notANumber(shown(written)) }
      return try Quantity(parsing: written)
    } catch {
      report(.badQuantity, shownMessage(error), help: error.remedy)
      return nil
    }
  }

  /// A number with its unit that is more than zero.
  func positive<Quantity: WrittenQuantity>(_: Quantity.Type = Quantity.self) -> Quantity? {
    guard let quantity = quantity(Quantity.self) else { return nil }
    guard quantity.isPositive else {
      report(.badQuantity, "\(quoted(text)) is nothing at all", help: "write more than zero")
      return nil
    }
    return quantity
  }

  /// A share from 0 to 100 %.
  func share() -> Ratio? {
    guard let share = quantity(Ratio.self) else { return nil }
    guard share <= .one else {
      report(.badQuantity, "\(quoted(text)) is more than the whole", help: "write at most 100 %")
      return nil
    }
    return share
  }

  private func shownMessage(_ error: QuantityError) -> String {
    String(String.UnicodeScalarView(error.message.unicodeScalars.map { $0.value < 32 ? "\u{FFFD}" : $0 }))
  }
}
