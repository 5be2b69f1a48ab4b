import EvacuationModel
import Yams

/// Reads YAML through Yams into a flat document; plain scalars mean what YAML 1.2's core schema says.
struct YAMLBuilder {
  private var text: [UInt8] = []
  private var nodes: [SourceDocument.Node] = []
  private var positions: [SourceDocument.Position] = []
  private let mostNodes: Int

  static func document(
    _ bytes: [UInt8], from start: Int, allowsTabs: Bool = false
  ) throws(SyntaxError) -> SourceDocument {
    let root = try YAMLText.compose(bytes, from: start, allowsTabs: allowsTabs)
    // Without aliases a node takes at least a byte; what goes far beyond is an alias bomb.
    var builder = YAMLBuilder(mostNodes: 100_000 + 4 * bytes.count)
    try builder.add(root, depth: 0)
    return SourceDocument(text: builder.text, nodes: builder.nodes, positions: builder.positions)
  }

  private init(mostNodes: Int) {
    self.mostNodes = mostNodes
  }

  private mutating func add(_ node: Node, depth: Int) throws(SyntaxError) {
    let position = Self.position(node)
    guard nodes.count < mostNodes, text.count < UInt32.max / 2 else {
      throw SyntaxError(
        code: .tooLarge, place: .position(position),
        message: "aliases expand to more than \(mostNodes) values",
        help: "write the values out, or use fewer aliases (`*name`)")
    }
    guard depth <= SourceText.deepest else {
      throw SyntaxError(
        place: .position(position), message: "nested more than \(SourceText.deepest) levels deep",
        help: "no format that is read here nests so deeply")
    }
    switch node {
    case .scalar(let scalar): append(scalar.string, kind: Self.kind(scalar), position)
    case .sequence(let sequence):
      let index = open(.sequence, position)
      for element in sequence { try add(element, depth: depth + 1) }
      close(index, count: sequence.count)
    case .mapping(let mapping):
      let index = open(.mapping, position)
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else {
          throw SyntaxError(
            place: .position(Self.position(key)), message: "a key that is a list or a mapping",
            help: "use a text as the key; quote it if it begins with `[` or `{`")
        }
        append(scalar.string, kind: .string, Self.position(key))
        try add(value, depth: depth + 1)
      }
      close(index, count: mapping.count)
    case .alias:
      throw SyntaxError(
        place: .position(position), message: "an alias that is not resolved", help: "write the value out")
    }
  }

  private mutating func open(_ kind: SourceDocument.Kind, _ position: SourceDocument.Position) -> Int {
    nodes.append(.init(kind: kind, start: 0, end: 0, next: 0))
    positions.append(position)
    return nodes.count - 1
  }

  private mutating func close(_ index: Int, count: Int) {
    nodes[index].next = UInt32(nodes.count)
    nodes[index].count = UInt32(count)
  }

  private mutating func append(
    _ string: String, kind: SourceDocument.Kind, _ position: SourceDocument.Position
  ) {
    let start = UInt32(text.count)
    text.append(contentsOf: string.utf8)
    nodes.append(
      .init(kind: kind, start: start, end: UInt32(text.count), next: UInt32(nodes.count + 1)))
    positions.append(position)
  }

  private static func position(_ node: Node) -> SourceDocument.Position {
    .init(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private static func kind(_ scalar: Node.Scalar) -> SourceDocument.Kind {
    scalar.style == .plain && scalar.tag.description != Tag.Name.str.rawValue
      ? coreKind(scalar.string) : .string
  }

  /// YAML 1.2.2, section 10.3.2, without octal and hexadecimal numbers, which no format of ours has.
  static func coreKind(_ text: String) -> SourceDocument.Kind {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .bool
    case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "-.inf": return .number
    default: break
    }
    guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return .string }
    let isNumeric = text.utf8.allSatisfy { byte in
      (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || "+-.eE".utf8.contains(byte)
    }
    return isNumeric && Double(text) != nil ? .number : .string
  }
}
