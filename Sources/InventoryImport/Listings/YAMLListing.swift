import EvacuationModel

/// Listings in YAML: one document or several, each as the value that its JSON would be.
enum YAMLListing {
  /// Reads JSON, or the documents of YAML; what cannot be read is a finding each.
  static func values(_ bytes: [UInt8], path: String) -> (values: [JSONValue], findings: [Finding]) {
    if let value = JSONValue(parsing: bytes) { return ([value], []) }
    var values: [JSONValue] = []
    var findings: [Finding] = []
    for document in documents(bytes) {
      do throws(SyntaxError) {
        let source = try YAMLBuilder.document(document.bytes, from: 0, allowsTabs: true)
        values.append(value(of: 0, in: source))
      } catch  where error.code == .emptyFile {
        continue
      } catch {
        findings.append(finding(error, document, path: path))
      }
    }
    return (values, findings)
  }

  private struct Document {
    let bytes: [UInt8]
    let firstLine: Int
  }

  /// A line of three dashes begins a document, and nothing else can: inside of one every line is indented or a key.
  private static func documents(_ bytes: [UInt8]) -> [Document] {
    let content = bytes.starts(with: SourceText.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
    var documents: [Document] = []
    var lines: [ArraySlice<UInt8>] = []
    var firstLine = 0
    func close() {
      guard lines.contains(where: { $0.contains { !SourceText.isSpace($0) } }) else { return }
      documents.append(
        Document(bytes: Array(lines.joined(separator: [UInt8(ascii: "\n")])), firstLine: firstLine))
    }
    for (number, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      if line.starts(with: "---".utf8), line.count == 3 || SourceText.isSpace(line[line.startIndex + 3]) {
        close()
        lines = [line.dropFirst(3)]
        firstLine = number
      } else {
        lines.append(line)
      }
    }
    close()
    return documents
  }

  private static func finding(_ error: SyntaxError, _ document: Document, path: String) -> Finding {
    var error = error
    if case .position(var position) = error.place {
      position.line += document.firstLine
      error.place = .position(position)
    }
    var finding = error.finding(path: path, bytes: document.bytes)
    finding.severity = .warning
    finding.message = "cannot be read; nothing of it was used: \(finding.message)"
    finding.help = "capture it again with -o json"
    return finding
  }

  /// Numbers stay as they are written, so that `1e3` may be a name.
  private static func value(of node: Int, in document: SourceDocument) -> JSONValue {
    switch document.nodes[node].kind {
    case .null: .null
    case .bool: .bool(document.string(node).lowercased() == "true")
    case .number, .string: .string(document.string(node))
    case .sequence: .array(document.elements(node).map { value(of: $0, in: document) })
    case .mapping:
      .object(
        Dictionary(
          document.keys(node).map { (document.string($0), value(of: $0 + 1, in: document)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }
}
