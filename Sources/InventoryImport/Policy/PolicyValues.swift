import EvacuationModel
import Quantities

extension SourceValue {
  var isUnlimited: Bool { kind == .string && text == "unlimited" }

  /// A positive number or `unlimited`.
  func limit() -> Limit? {
    if isUnlimited { return .unlimited }
    guard kind == .number || kind == .string, let number = Double(text) else {
      reportKind(wanted: "a number or `unlimited`", help: "write a number from 1 on, or `unlimited`")
      return nil
    }
    guard number != 0 else {
      report(.badQuantity, "0 is not a limit", help: "write `unlimited` if nothing is limited")
      return nil
    }
    return int(in: 1...1_000_000).map { .atMost($0) }
  }

  /// A rate or `unlimited`.
  func rateOrUnlimited() -> DataRate? { isUnlimited ? .unlimited : positive() }

  /// A share above nothing, at most the whole.
  func positiveShare() -> Ratio? {
    guard let share = share() else { return nil }
    guard share.isPositive else {
      report(.badQuantity, "\(quoted(text)) is nothing at all", help: "write more than 0 %")
      return nil
    }
    return share
  }

  /// `true`, `false`, or a mapping of details, which means `true`.
  func toggle<Value>(on value: Value, details: (Fields) -> Value) -> Value?? {
    if kind == .mapping { return .some(mapping(details)) }
    guard let isOn = bool() else { return nil }
    return .some(isOn ? value : nil)
  }
}
