import EvacuationModel

/// What a set of files holds, sorted by kind; files are known by their content. Where the content does not say which
/// guest or node it is about, the path does.
struct ProxmoxFiles {
  private(set) var records: [ProxmoxRecord.Kind: [ProxmoxRecord]] = [:]
  private(set) var findings: [Finding] = []

  init(_ files: [(path: String, bytes: [UInt8])]) {
    for file in files.sorted(by: { $0.path < $1.path }) { read(file.path, file.bytes) }
  }

  subscript(kind: ProxmoxRecord.Kind) -> [ProxmoxRecord] { records[kind] ?? [] }

  private mutating func read(_ path: String, _ bytes: [UInt8]) {
    let candidates: [JSONValue]
    if let value = JSONValue(parsing: bytes) {
      candidates = Self.candidates(value)
    } else if let finding = ListingFindings.brokenJSON(path, bytes, help: Self.help) {
      return findings.append(finding)
    } else {
      candidates = ProxmoxText.objects(String(decoding: bytes, as: UTF8.self))
    }
    let found = candidates.compactMap { ProxmoxRecord($0, path: path) }
    for record in found { records[record.kind, default: []].append(record) }
    guard found.isEmpty else { return }
    let isEmptyList = JSONValue(parsing: bytes) != nil && candidates.isEmpty
    findings.append(
      ListingFindings.unknown(
        path,
        isEmptyList || bytes.isEmpty ? "holds no records" : "is not recognised as a listing of Proxmox VE",
        help: Self.help))
  }

  private static let help = "leave it out, or capture it again with pvesh get … --output-format json"

  /// The objects that may be records: a list or one object, in the API's `data` or bare.
  private static func candidates(_ value: JSONValue) -> [JSONValue] {
    let content = value.first(["data"]) ?? value
    guard let elements = content.elements else { return [content] }
    // `/pending` lists a configuration key by key.
    if !elements.isEmpty, elements.allSatisfy({ $0.has("key") && !$0.has("type") }) {
      let pairs = elements.compactMap { entry in
        entry.text("key").map { ($0, entry.first(["value", "pending"]) ?? .null) }
      }
      return [.object(Dictionary(pairs) { first, _ in first })]
    }
    return elements
  }
}
