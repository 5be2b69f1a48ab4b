import EvacuationModel
import Quantities

/// The datastores of an export.
struct RVToolsStorage {
  private struct Listed {
    var kind: Datastore.Kind
    var hosts: [String]?
    var free: ByteCount?
  }

  private var listed: [String: Listed] = [:]
  /// The hosts whose guests use each datastore.
  private var users: [String: Set<Host.ID>] = [:]

  init(_ files: RVToolsFiles) {
    for (_, row) in files[.datastore] {
      guard let name = row.text("Name") else { continue }
      let hosts = row.text("Hosts")?.split { $0 == "," || $0 == ";" }.map { $0.trimming { $0.isWhitespace } }
      listed[name] = Listed(
        kind: Self.isShared(row) ? .shared : .local, hosts: hosts,
        free: RVToolsUnits.mebibytes(row.number("Free MiB", "Free MB")))
    }
  }

  private static func isShared(_ row: ListingTable.Row) -> Bool {
    let type = row.text("Type")?.lowercased() ?? ""
    if type.hasPrefix("nfs") || type == "vsan" || type == "vvol" { return true }
    if let count = row.number("# Hosts") { return count > 1 }
    return row.flag("MHA") == true
  }

  /// `[datastore1] web/web.vmdk`.
  static func name(in path: String?) -> String? {
    guard let path, path.hasPrefix("["), let end = path.firstIndex(of: "]") else { return nil }
    let name = String(path[path.index(after: path.startIndex)..<end])
    return name.isEmpty ? nil : name
  }

  mutating func use(_ name: String, by host: Host.ID) { users[name, default: []].insert(host) }

  private func kind(_ name: String) -> Datastore.Kind {
    listed[name]?.kind ?? (users[name, default: []].count > 1 ? .shared : .local)
  }

  var datastores: [Datastore] {
    users.keys.sorted().map { Datastore(id: Datastore.ID($0), kind: kind($0)) }
  }

  var unlisted: [String] { users.keys.filter { listed[$0] == nil }.sorted() }

  /// A shared datastore without a list of hosts is everywhere, a local one where its guests are; what is in no list at
  /// all bars no host.
  func reach(of host: Host.ID) -> [HostStorage] {
    users.keys.sorted().compactMap { name in
      let known = listed[name]
      let isReached =
        known == nil || known?.hosts.map { $0.contains(host.name) } ?? (kind(name) == .shared)
      guard isReached || users[name]?.contains(host) == true else { return nil }
      return HostStorage(datastore: Datastore.ID(name), free: kind(name) == .local ? known?.free : nil)
    }
  }
}
