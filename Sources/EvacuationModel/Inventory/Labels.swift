/// Key–value labels in key order, so that whatever prints them prints the same bytes each time.
public struct Labels: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// The pairs, sorted by key, keys unique.
  public let pairs: [Pair]

  /// One label.
  public struct Pair: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: String
  }

  /// No labels.
  public init() {
    pairs = []
  }

  /// Labels from key–value pairs; of equal keys the last one counts.
  public init(_ elements: some Sequence<(String, String)>) {
    var byKey: [String: String] = [:]
    for (key, value) in elements { byKey[key] = value }
    pairs = byKey.map { Pair(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key }
  }

  /// Labels as a literal.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements)
  }

  /// The value for `key`, if there is one.
  public subscript(key: String) -> String? {
    pairs.first { $0.key == key }?.value
  }
}
