import Quantities

/// The fields of one record, by the names that a platform's tools and versions give them.
extension JSONValue {
  func text(_ keys: String...) -> String? { first(keys)?.text }

  func flag(_ keys: String...) -> Bool? { first(keys)?.flag }

  func number(_ keys: String...) -> Double? { first(keys)?.number }

  /// A whole number from zero to 10⁹; anything else counts as missing.
  func count(_ keys: String...) -> Int? {
    guard let number = first(keys)?.number, (0...1e9).contains(number) else { return nil }
    return Int(number)
  }

  /// A number of CPUs; none at all or more than a million counts as missing, as no inventory takes it.
  func processors(_ keys: String...) -> Int? {
    guard let number = first(keys)?.number, (1...1e6).contains(number) else { return nil }
    return Int(number)
  }

  /// OpenStack's `mb` are MiB; more than 1 EiB counts as missing.
  func mebibytes(_ keys: String...) -> ByteCount? {
    guard let number = first(keys)?.number, (0...0x1p40).contains(number) else { return nil }
    return .mebibytes(number)
  }

  /// OpenStack's `gb` are GiB; more than 1 EiB counts as missing.
  func gibibytes(_ keys: String...) -> ByteCount? {
    guard let number = first(keys)?.number, (0...0x1p30).contains(number) else { return nil }
    return .gibibytes(number)
  }

  /// A list of strings; old clients print it as one string with commas.
  func texts(_ keys: String...) -> [String]? {
    switch first(keys) {
    case .array(let elements): elements.compactMap(\.text)
    case .string(let text): Self.pieces(text).filter { !$0.isEmpty }
    default: nil
    }
  }

  /// Key–value pairs; old clients print them as one string, `a='1', b='2'`.
  func pairs(_ keys: String...) -> [String: String]? {
    switch first(keys) {
    case .object(let members): members.compactMapValues(\.text)
    case .string(let text): Dictionary(Self.assignments(text)) { _, last in last }
    default: nil
    }
  }

  /// The ids of a list of `{"id": …}`; old clients print `id='…'` lines.
  func ids(_ keys: String...) -> [String]? {
    switch first(keys) {
    case .array(let elements): elements.compactMap { $0.text("id", "volume_id") ?? $0.text }
    case .string(let text): Self.assignments(text).filter { $0.0 == "id" }.map(\.1)
    default: nil
    }
  }

  private static func assignments(_ text: String) -> [(String, String)] {
    pieces(text).compactMap { piece in
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return (String(parts[0]), parts[1].trimming { $0 == "'" })
    }
  }

  private static func pieces(_ text: String) -> [String] {
    text.split { $0 == "," || $0.isNewline }.map { $0.trimming { $0 == " " } }
  }
}

extension StringProtocol where SubSequence == Substring {
  func trimming(_ isMargin: (Character) -> Bool) -> String {
    var rest = self[...]
    while let first = rest.first, isMargin(first) { rest.removeFirst() }
    while let last = rest.last, isMargin(last) { rest.removeLast() }
    return String(rest)
  }
}
