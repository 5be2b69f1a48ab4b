import EvacuationModel

/// The values of one mapping by key. Asking for a key makes it known: the list of known keys and the code
/// that reads them cannot part ways.
struct Fields {
  enum UnknownKeys {
    case reported
    case ignored
  }

  let reader: SourceReader
  let node: Int
  private let base: Int

  init(reader: SourceReader, node: Int) {
    self.reader = reader
    self.node = node
    base = reader.askedKeys.count
  }

  /// The value of `key`; `nil` if it is not there or null.
  subscript(key: String) -> SourceValue? {
    reader.ask(key)
    guard let value = reader.document.value(of: key, in: node),
      reader.document.nodes[value].kind != .null
    else { return nil }
    return SourceValue(reader: reader, node: value)
  }

  /// Whether `key` is there and null.
  func isNull(_ key: String) -> Bool {
    reader.document.value(of: key, in: node).map { reader.document.nodes[$0].kind == .null } ?? false
  }

  /// The value of `key`, which must be there.
  func required(_ key: String, example: String) -> SourceValue? {
    if let value = self[key] { return value }
    reader.report(.missingKey, at: node, "`\(key)` is missing", help: "add `\(key): \(example)`")
    return nil
  }

  /// The elements of the list at `key`; none if it is not there.
  func list(_ key: String) -> [SourceValue] { self[key]?.list() ?? [] }

  func report(_ code: FindingCode, severity: Severity? = nil, _ message: String, help: String) {
    reader.report(code, at: node, severity: severity, message, help: help)
  }

  func close(_ unknownKeys: UnknownKeys) {
    if unknownKeys == .reported { reportUnknownKeys() }
    reader.forgetKeys(from: base)
  }

  private func reportUnknownKeys() {
    let known = reader.askedKeys[base...]
    var candidate = node + 1
    let end = Int(reader.document.nodes[node].next)
    while candidate < end {
      if !known.contains(where: { reader.document.isEqual(candidate, to: $0) }) {
        let key = reader.document.string(candidate)
        reader.report(
          .unknownKey, at: candidate, "\(quoted(key)) is not a key of this mapping",
          help: Suggestion.help(for: key, among: Array(known)))
      }
      candidate = Int(reader.document.nodes[candidate + 1].next)
    }
  }
}
