/// The structure of a YAML or JSON text, flat: nodes in document order, each knowing where it ends.
///
/// An inventory of 100,000 machines has millions of nodes, so a node is twenty bytes that refer to the
/// text; strings are made only when somebody asks.
struct SourceDocument: Sendable {
  enum Kind: UInt8, Sendable {
    case null
    case bool
    case number
    case string
    case sequence
    case mapping
  }

  struct Node: Sendable {
    var kind: Kind
    /// The text has JSON escapes in it.
    var isEscaped = false
    /// Offsets into `text`; of a string without its quotes.
    var start: UInt32
    var end: UInt32
    /// The first node that is not inside this one.
    var next: UInt32
    /// Elements of a sequence, pairs of a mapping.
    var count: UInt32 = 0
  }

  /// A line and a column, both from 1; columns count Unicode scalars.
  struct Position: Hashable, Sendable {
    var line: Int
    var column: Int
  }

  /// The bytes that nodes refer to: of JSON the file itself, of YAML the scalars one after another.
  let text: [UInt8]
  /// Node 0 is the root. A mapping is followed by key, value, key, value; a key is always one node.
  let nodes: [Node]
  /// Where each node stands in the file; `nil`: at its own offset.
  let positions: [Position]?
  /// What was put in place of the file's own nodes; `nil` where nothing was.
  var insertions: Insertions?

  /// Nodes that are not the file's.
  struct Insertions: Sendable {
    /// For each node the one of `origins` that it comes from; -1 for the file's own.
    var originOfNode: [Int32]
    /// Who put nodes in, as findings say it.
    var origins: [Origin]
  }

  /// Who says what is not in the file: an option, or a place in another file.
  struct Origin: Hashable, Sendable {
    var path: String
    var place: String
  }

  /// Who put `index` in; `nil` if it is the file's own.
  func origin(of index: Int) -> Origin? {
    guard let insertions, insertions.originOfNode[index] >= 0 else { return nil }
    return insertions.origins[Int(insertions.originOfNode[index])]
  }

  /// The text of a scalar.
  func string(_ index: Int) -> String {
    let node = nodes[index]
    let bytes = text[Int(node.start)..<Int(node.end)]
    return node.isEscaped ? JSONScanner.unescape(bytes) : String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text of scalar `index` is `wanted`; makes no string.
  func isEqual(_ index: Int, to wanted: String) -> Bool {
    let node = nodes[index]
    if node.isEscaped { return string(index) == wanted }
    let view = wanted.utf8
    guard Int(node.end - node.start) == view.count else { return false }
    var offset = Int(node.start)
    for byte in view {
      if byte != text[offset] { return false }
      offset += 1
    }
    return true
  }

  /// The elements of a sequence.
  func elements(_ index: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(Int(nodes[index].count))
    var child = index + 1
    while child < Int(nodes[index].next) {
      result.append(child)
      child = Int(nodes[child].next)
    }
    return result
  }

  /// The keys of a mapping; the value of key `k` is node `k + 1`.
  func keys(_ index: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(Int(nodes[index].count))
    var key = index + 1
    while key < Int(nodes[index].next) {
      result.append(key)
      key = Int(nodes[key + 1].next)
    }
    return result
  }

  /// The value of `key` in mapping `index`.
  func value(of key: String, in index: Int) -> Int? {
    var candidate = index + 1
    let end = Int(nodes[index].next)
    while candidate < end {
      if isEqual(candidate, to: key) { return candidate + 1 }
      candidate = Int(nodes[candidate + 1].next)
    }
    return nil
  }
}
