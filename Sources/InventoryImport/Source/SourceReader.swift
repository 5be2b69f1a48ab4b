import EvacuationModel

/// One reading of one file: its structure, and the remarks that come up.
final class SourceReader {
  /// A finding whose place is still a node.
  struct Remark {
    var node: Int
    var code: FindingCode
    var severity: Severity
    var message: String
    var help: String
  }

  let document: SourceDocument
  let path: String
  private(set) var remarks: [Remark] = []
  /// Keys asked for in the mappings that are open now, innermost last.
  fileprivate(set) var askedKeys: [String] = []

  private init(_ document: SourceDocument, path: String) {
    self.document = document
    self.path = path
  }

  var hasErrors: Bool { remarks.contains { $0.severity == .error } }

  func report(
    _ code: FindingCode, at node: Int, severity: Severity? = nil, _ message: String, help: String
  ) {
    remarks.append(
      Remark(node: node, code: code, severity: severity ?? code.severity, message: message, help: help))
  }

  /// Reads `bytes` with `body`; whatever was noticed comes back in the order of its places.
  static func read<Value: Sendable>(
    _ bytes: [UInt8], path: String, body: (SourceValue) -> Value?
  ) -> Reading<Value> {
    do {
      return read(try SourceText.document(bytes), path: path, body: body)
    } catch {
      return Reading(value: nil, findings: [error.finding(path: path, bytes: bytes)])
    }
  }

  /// The same for a structure that is there already.
  static func read<Value: Sendable>(
    _ document: SourceDocument, path: String, body: (SourceValue) -> Value?
  ) -> Reading<Value> {
    let reader = SourceReader(document, path: path)
    reader.checkRepeatedKeys()
    let value = body(SourceValue(reader: reader, node: 0))
    return Reading(value: value, findings: reader.findings())
  }

  /// Who says what stands at `node`: the file and the line of its key, or whoever put it in.
  func origin(of node: Int) -> String {
    if let origin = document.origin(of: node) {
      return [origin.path, origin.place].filter { !$0.isEmpty }.joined(separator: ":")
    }
    return "\(path):\(line(of: node - 1))"
  }

  /// The line on which `node` begins.
  func line(of node: Int) -> Int {
    if let positions = document.positions { return positions[node].line }
    var cursor = PositionCursor()
    return cursor.position(of: Int(document.nodes[node].start), in: document.text).line
  }

  private func findings() -> [Finding] {
    let sorted = remarks.enumerated().sorted { ($0.element.node, $0.offset) < ($1.element.node, $1.offset) }
    var places = PlaceWalk(document)
    return sorted.map { _, remark in
      if let origin = document.origin(of: remark.node) {
        return Finding(
          remark.code, severity: remark.severity, path: origin.path, place: origin.place,
          message: remark.message, help: remark.help)
      }
      return Finding(
        remark.code, severity: remark.severity, path: path, place: places.place(of: remark.node),
        message: remark.message, help: remark.help)
    }
  }

  private func checkRepeatedKeys() {
    for (index, node) in document.nodes.enumerated() where node.kind == .mapping && node.count > 1 {
      var seen: Set<String> = []
      let keys = document.keys(index)
      if keys.count <= 16, !hasEqualPair(keys) { continue }
      for key in keys {
        let name = document.string(key)
        if !seen.insert(name).inserted {
          report(
            .repeatedKey, at: key, "the key \(quoted(name)) stands twice in one mapping",
            help: "remove one of the two")
        }
      }
    }
  }

  /// Whether two keys may be equal; cheap for the short mappings that files are full of.
  private func hasEqualPair(_ keys: [Int]) -> Bool {
    for (position, key) in keys.enumerated() {
      let node = document.nodes[key]
      if node.isEscaped { return true }
      for other in keys[..<position] {
        let before = document.nodes[other]
        if before.end - before.start == node.end - node.start,
          document.text[Int(before.start)..<Int(before.end)]
            .elementsEqual(document.text[Int(node.start)..<Int(node.end)])
        {
          return true
        }
      }
    }
    return false
  }
}

extension SourceReader {
  func ask(_ key: String) { askedKeys.append(key) }

  func forgetKeys(from base: Int) { askedKeys.removeSubrange(base...) }
}
