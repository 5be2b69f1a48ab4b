/// Finds line, column and key path of nodes, asked for in document order: one walk for all of them.
struct PlaceWalk {
  private struct Level {
    var node: Int
    var path: String
    /// The element or key at which the walk stands.
    var child: Int
    var ordinal = 0
  }

  private let document: SourceDocument
  private var levels: [Level]
  private var cursor = PositionCursor()

  init(_ document: SourceDocument) {
    self.document = document
    levels = [Level(node: 0, path: "", child: 1)]
  }

  /// `12:13 hosts[3].memory`.
  mutating func place(of node: Int) -> String {
    let position: SourceDocument.Position
    if let positions = document.positions {
      position = positions[node]
    } else {
      let source = document.nodes[node]
      // A string's own offset is behind its quote.
      let quote: UInt32 = source.kind == .string ? 1 : 0
      position = cursor.position(of: Int(source.start - quote), in: document.text)
    }
    let path = path(to: node)
    return path.isEmpty ? position.text : "\(position.text) \(path)"
  }

  private mutating func path(to target: Int) -> String {
    while levels.count > 1, let last = levels.last, target >= Int(document.nodes[last.node].next) {
      levels.removeLast()
    }
    while var level = levels.popLast() {
      guard level.node < target, level.child <= target else {
        levels.append(level)
        return level.path
      }
      let isMapping = document.nodes[level.node].kind == .mapping
      var value = isMapping ? level.child + 1 : level.child
      while Int(document.nodes[value].next) <= target {
        level.child = Int(document.nodes[value].next)
        level.ordinal += 1
        value = isMapping ? level.child + 1 : level.child
      }
      levels.append(level)
      let path =
        isMapping
        ? (level.path.isEmpty ? "" : level.path + ".") + shown(document.string(level.child))
        : "\(level.path)[\(level.ordinal)]"
      if target == level.child, isMapping { return path }
      levels.append(Level(node: value, path: path, child: value + 1))
    }
    return ""
  }
}
