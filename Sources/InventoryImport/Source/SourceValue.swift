import EvacuationModel
import Quantities

/// A value at its place. Every conversion reports what is wrong and then gives `nil`.
struct SourceValue {
  let reader: SourceReader
  let node: Int

  var kind: SourceDocument.Kind { reader.document.nodes[node].kind }

  /// The text of a scalar, as written.
  var text: String { reader.document.string(node) }

  func report(_ code: FindingCode, severity: Severity? = nil, _ message: String, help: String) {
    reader.report(code, at: node, severity: severity, message, help: help)
  }

  /// Reports that the value is not `wanted`.
  func reportKind(wanted: String, help: String) {
    report(.wrongKind, "\(kindText) where \(wanted) is needed", help: help)
  }

  /// What the value is, for messages.
  var kindText: String {
    switch kind {
    case .null: "nothing"
    case .bool: text
    case .number: "the number \(shown(text))"
    case .string: quoted(text)
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// A text; numbers and truth values count as they are written, so that a name may be `101`.
  func string() -> String? {
    switch kind {
    case .string, .number, .bool: return text
    default:
      reportKind(wanted: "a text", help: "write a text, in quotes if need be")
      return nil
    }
  }

  /// A text that names something.
  func name() -> String? {
    guard let name = string() else { return nil }
    guard !name.isEmpty else {
      report(.badChoice, "an empty name", help: "write a name")
      return nil
    }
    return name
  }

  func bool() -> Bool? {
    guard kind == .bool else {
      reportKind(wanted: "`true` or `false`", help: "write `true` or `false`, without quotes")
      return nil
    }
    return text.lowercased() == "true"
  }

  /// A whole number within `bounds`.
  func int(in bounds: ClosedRange<Int>) -> Int? {
    guard kind == .number || kind == .string, let number = wholeNumber() else {
      reportKind(wanted: "a whole number", help: "write a number from \(bounds.lowerBound) on")
      return nil
    }
    guard bounds.contains(number) else {
      report(
        .badQuantity, "\(number) is out of range",
        help: "write a number from \(bounds.lowerBound) to \(bounds.upperBound)")
      return nil
    }
    return number
  }

  private func wholeNumber() -> Int? {
    Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  /// A finite number of at least `least`.
  func number(atLeast least: Double = 0) -> Double? {
    guard kind == .number, let number = Double(text) else {
      reportKind(wanted: "a number", help: "write a plain number")
      return nil
    }
    guard number.isFinite, number >= least else {
      report(
        .badQuantity, "\(shown(text)) is out of range",
        help: "write a number from \(least.text(places: 0)) on")
      return nil
    }
    return number
  }

  /// One of the words of an enumeration.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(_: Choice.Type = Choice.self) -> Choice? {
    if kind == .string, let choice = Choice(rawValue: text) { return choice }
    return word(among: Choice.allCases.map(\.rawValue)).flatMap(Choice.init(rawValue:))
  }

  /// One of `words`.
  func word(among words: [String]) -> String? {
    guard let word = string() else { return nil }
    guard words.contains(word) else {
      report(
        .badChoice, "\(quoted(word)) is not a word that fits here",
        help: Suggestion.help(for: word, among: words))
      return nil
    }
    return word
  }

  /// The elements of a list.
  func list() -> [SourceValue] {
    guard kind == .sequence else {
      reportKind(wanted: "a list", help: "write a list: `[a, b]`, or one `- ` line for each element")
      return []
    }
    return reader.document.elements(node).map { SourceValue(reader: reader, node: $0) }
  }

  /// The elements of a list of texts; wrong ones are reported and left out.
  func strings() -> [String] { list().compactMap { $0.name() } }

  /// Reads a mapping with `body`, then reports the keys that nothing asked for.
  func mapping<Result>(unknownKeys: Fields.UnknownKeys = .reported, _ body: (Fields) -> Result) -> Result? {
    guard kind == .mapping else {
      reportKind(wanted: "a mapping", help: "write `key: value` pairs")
      return nil
    }
    let fields = Fields(reader: reader, node: node)
    let result = body(fields)
    fields.close(unknownKeys)
    return result
  }
}
