import EvacuationModel

/// One change to a document, without a trace of how it came about: whatever reads the document reads the change as
/// if the file had it.
struct DocumentEdit: Sendable {
  /// A step on the way from the root.
  enum Step: Hashable, Sendable {
    /// To the value at a key of a mapping, which is made if it is not there.
    case key(String)
    /// To those elements of a list whose `name` matches.
    case elements(Glob)
    /// To the element of a list at a place, counted from 0.
    case element(Int)
  }

  /// What happens there.
  enum Action: Sendable {
    /// The root of a document takes the place of what is there.
    case put(SourceDocument)
    /// The list gets one more element: a copy of the one of a name, with other values at some keys.
    case appendCopy(of: String, with: [(key: String, value: SourceDocument)])
    /// It goes.
    case remove
  }

  var steps: ArraySlice<Step>
  var action: Action
  /// Who said so.
  var origin: SourceDocument.Origin

  /// The same, a step further.
  fileprivate var next: Self {
    var edit = self
    edit.steps = steps.dropFirst()
    return edit
  }

  fileprivate var isHere: Bool { steps.isEmpty }

  fileprivate func leads(to key: String) -> Bool { steps.first == .key(key) }

  fileprivate func leads(toElement place: Int, named name: String?) -> Bool {
    switch steps.first {
    case .elements(let glob): name.map(glob.matches) ?? false
    case .element(let number): number == place
    case .key, nil: false
    }
  }

  fileprivate var key: String? {
    if case .key(let key)? = steps.first { key } else { nil }
  }

  fileprivate var putDocument: SourceDocument? {
    if case .put(let document) = action { document } else { nil }
  }

  fileprivate var isRemoval: Bool {
    if case .remove = action { true } else { false }
  }
}

extension SourceDocument {
  /// The document with `edits` made, the later over the earlier.
  func edited(_ edits: [DocumentEdit]) -> SourceDocument {
    guard !edits.isEmpty else { return self }
    var editor = DocumentEditor(self)
    editor.copy(0, of: self, edits, from: nil)
    return editor.document
  }
}

/// Copies a document in its order, with changes on the way.
private struct DocumentEditor {
  private var text: [UInt8]
  private var nodes: [SourceDocument.Node] = []
  private var positions: [SourceDocument.Position]?
  private var originOfNode: [Int32] = []
  private var origins: [SourceDocument.Origin]

  init(_ document: SourceDocument) {
    text = document.text
    positions = document.positions == nil ? nil : []
    origins = document.insertions?.origins ?? []
  }

  var document: SourceDocument {
    SourceDocument(
      text: text, nodes: nodes, positions: positions,
      insertions: .init(originOfNode: originOfNode, origins: origins))
  }

  /// Appends the node `index` of `source` with everything in it. `origin` is whose `source` is, if it is not the
  /// document that is edited; then the texts of `source` begin at `offset`.
  mutating func copy(
    _ index: Int, of source: SourceDocument, _ edits: [DocumentEdit], from origin: Int32?, offset: Int = 0
  ) {
    if let last = edits.lastIndex(where: { $0.isHere && $0.putDocument != nil }),
      let value = edits[last].putDocument
    {
      insert(value, edits[(last + 1)...].filter { !$0.isHere }, origin: number(edits[last].origin))
      return
    }
    guard !edits.isEmpty else {
      for node in index..<Int(source.nodes[index].next) {
        append(node, of: source, from: origin, offset: offset, shift: nodes.count - node)
      }
      return
    }
    switch source.nodes[index].kind {
    case .mapping: copyMapping(index, of: source, edits, from: origin, offset: offset)
    case .sequence: copySequence(index, of: source, edits, from: origin, offset: offset)
    default: addMapping(edits)
    }
  }

  private mutating func copyMapping(
    _ index: Int, of source: SourceDocument, _ edits: [DocumentEdit], from origin: Int32?, offset: Int
  ) {
    let place = nodes.count
    append(index, of: source, from: origin, offset: offset, shift: 0)
    let keys = source.keys(index)
    for key in keys {
      let name = source.string(key)
      append(key, of: source, from: origin, offset: offset, shift: nodes.count - key)
      copy(key + 1, of: source, edits.filter { $0.leads(to: name) }.map(\.next), from: origin, offset: offset)
    }
    let known = Set(keys.map(source.string))
    let added = addPairs(edits.filter { $0.key.map { !known.contains($0) } ?? false })
    close(place, count: keys.count + added)
  }

  private mutating func copySequence(
    _ index: Int, of source: SourceDocument, _ edits: [DocumentEdit], from origin: Int32?, offset: Int
  ) {
    let own = nodes.count
    append(index, of: source, from: origin, offset: offset, shift: 0)
    var count = 0
    let elements = source.elements(index)
    let names = elements.map { Self.name($0, in: source) }
    for (place, element) in elements.enumerated() {
      let meant = edits.filter { $0.leads(toElement: place, named: names[place]) }.map(\.next)
      guard !meant.contains(where: { $0.isHere && $0.isRemoval }) else { continue }
      copy(element, of: source, meant, from: origin, offset: offset)
      count += 1
    }
    for edit in edits where edit.isHere {
      guard case .appendCopy(let name, let changes) = edit.action, let like = names.firstIndex(of: name)
      else { continue }
      let puts = changes.map {
        DocumentEdit(steps: [.key($0.key)], action: .put($0.value), origin: edit.origin)
      }
      copy(elements[like], of: source, puts, from: number(edit.origin), offset: offset)
      count += 1
    }
    close(own, count: count)
  }

  /// The mapping that edits make where there was none; where they ask for nothing but elements, an empty one.
  private mutating func addMapping(_ edits: [DocumentEdit]) {
    let place = nodes.count
    let origin = edits.first.map { number($0.origin) } ?? -1
    add(.init(kind: .mapping, start: 0, end: 0, next: 0), from: origin)
    close(place, count: addPairs(edits))
  }

  /// Pairs for the keys of `edits`, in the order in which they first come up.
  private mutating func addPairs(_ edits: [DocumentEdit]) -> Int {
    var seen: [String] = []
    for edit in edits {
      guard let key = edit.key, !seen.contains(key) else { continue }
      seen.append(key)
      let start = UInt32(text.count)
      text += Array(key.utf8)
      add(
        .init(kind: .string, start: start, end: UInt32(text.count), next: UInt32(nodes.count + 1)),
        from: number(edit.origin))
      let meant = edits.filter { $0.leads(to: key) }.map(\.next)
      if let last = meant.lastIndex(where: \.isHere), let value = meant[last].putDocument {
        insert(value, meant[(last + 1)...].filter { !$0.isHere }, origin: number(meant[last].origin))
      } else {
        addMapping(meant)
      }
    }
    return seen.count
  }

  private mutating func insert(_ value: SourceDocument, _ edits: [DocumentEdit], origin: Int32) {
    let offset = text.count
    text += value.text
    copy(0, of: value, edits, from: origin, offset: offset)
  }

  /// Appends one node. Its `next` moves by `shift`; a node that is closed later gets it then.
  private mutating func append(
    _ index: Int, of source: SourceDocument, from origin: Int32?, offset: Int, shift: Int
  ) {
    var node = source.nodes[index]
    node.next = UInt32(clamping: Int(node.next) + shift)
    if offset > 0 {
      node.start += UInt32(offset)
      node.end += UInt32(offset)
    }
    let own = source.insertions?.originOfNode[index] ?? -1
    add(node, from: origin ?? own, position: source.positions?[index])
  }

  private mutating func add(
    _ node: SourceDocument.Node, from origin: Int32, position: SourceDocument.Position? = nil
  ) {
    nodes.append(node)
    originOfNode.append(origin)
    positions?.append(position ?? .init(line: 1, column: 1))
  }

  private mutating func close(_ index: Int, count: Int) {
    nodes[index].next = UInt32(nodes.count)
    nodes[index].count = UInt32(count)
  }

  private mutating func number(_ origin: SourceDocument.Origin) -> Int32 {
    if let known = origins.firstIndex(of: origin) { return Int32(known) }
    origins.append(origin)
    return Int32(origins.count - 1)
  }

  private static func name(_ element: Int, in source: SourceDocument) -> String? {
    guard source.nodes[element].kind == .mapping else { return nil }
    return source.value(of: "name", in: element).map(source.string)
  }
}
