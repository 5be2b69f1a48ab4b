import EvacuationModel

/// What a set of files holds, sorted by kind; files are known by their content, never by their name.
struct OpenStackFiles {
  private(set) var records: [OpenStackRecord.Kind: [OpenStackRecord]] = [:]
  private(set) var findings: [Finding] = []
  private var lastPages = 0
  private var furtherPages: [String] = []

  /// Reads every file; the order in which they are given does not matter.
  init(_ files: [(path: String, bytes: [UInt8])]) {
    for file in files.sorted(by: { $0.path < $1.path }) { read(file.path, file.bytes) }
    if lastPages == 0, let path = furtherPages.last {
      findings.append(
        Finding(
          .missingListing, severity: .warning, path: path,
          message: "the server listing goes on after this page, and no file holds its last page",
          help: "fetch all pages, or use openstack server list --all-projects --long --limit -1 -f json"))
    }
  }

  /// The records of `kind`, the most detailed first; then the file's name and the order in it decide.
  subscript(kind: OpenStackRecord.Kind) -> [OpenStackRecord] {
    (records[kind] ?? []).enumerated().sorted {
      ($1.element.detail, $0.offset) < ($0.element.detail, $1.offset)
    }.map(\.element)
  }

  private mutating func read(_ path: String, _ bytes: [UInt8]) {
    guard let value = JSONValue(parsing: bytes) else { return findings.append(Self.noJSON(path, bytes)) }
    notePages(value, path)
    let candidates = Self.candidates(value)
    let found = candidates.compactMap { OpenStackRecord($0, path: path) }
    for record in found { records[record.kind, default: []].append(record) }
    if found.isEmpty {
      findings.append(
        Self.note(
          path, candidates.isEmpty ? "holds no records" : "is not recognised as a listing of OpenStack",
          help: "leave it out, or capture the listing again with -f json"))
    } else if found.allSatisfy({ $0.kind == .notNeeded }) {
      findings.append(Self.note(path, "is known and not needed for an inventory", help: "nothing to do"))
    } else if found.count < candidates.count {
      findings.append(
        Finding(
          .skippedRecord, path: path,
          message: "\(counted(candidates.count - found.count, "record")) not recognised",
          help: "capture the listing again, with all its columns"))
    }
  }

  /// The objects that may be records: a list, one object, or either inside the API's envelope.
  private static func candidates(_ value: JSONValue) -> [JSONValue] {
    if let elements = value.elements { return elements }
    if OpenStackRecord(value, path: "") != nil { return [value] }
    let lists = [
      "servers", "hypervisors", "flavors", "server_groups", "aggregates", "services", "volumes", "migrations",
    ]
    if let elements = value.first(lists)?.elements { return elements }
    let single = ["server", "hypervisor", "flavor", "server_group", "aggregate", "service", "volume"]
    return [value.first(single) ?? value]
  }

  private mutating func notePages(_ value: JSONValue, _ path: String) {
    guard value.has("servers"), value.first(["servers"])?.elements != nil else { return }
    let links = value.first(["servers_links"])?.elements ?? []
    if links.contains(where: { $0.text("rel") == "next" }) {
      furtherPages.append(path)
    } else {
      lastPages += 1
    }
  }

  private static func noJSON(_ path: String, _ bytes: [UInt8]) -> Finding {
    let space: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
    guard let first = bytes.first(where: { !space.contains($0) }) else {
      return note(path, "is empty", help: "nothing to do")
    }
    guard first == UInt8(ascii: "[") || first == UInt8(ascii: "{") else {
      return note(path, "is not JSON", help: "listings are read as JSON: capture it with -f json")
    }
    return Finding(
      .syntax, severity: .warning, path: path,
      message: "looks like JSON and cannot be read to its end; nothing of it was used",
      help: "capture it again: whatever only this file lists is missing from the inventory")
  }

  private static func note(_ path: String, _ message: String, help: String) -> Finding {
    Finding(.unknownContent, severity: .note, path: path, message: message, help: help)
  }
}
