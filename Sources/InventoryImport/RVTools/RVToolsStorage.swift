import EvacuationModel
import Quantities

/// The datastores of an export. Those that one host alone reaches have a name on each host, and a disk may go from one to
/// another: together they are one pool, of which each host has its own piece.
struct RVToolsStorage {
  /// The pool of all datastores of single hosts.
  static let own = Datastore.ID("local datastores")

  private struct Listed {
    var kind: Datastore.Kind
    var hosts: [String]?
    var free: ByteCount?
  }

  private var listed: [String: Listed] = [:]
  /// The hosts whose guests use each datastore that several may reach.
  private var users: [String: Set<Host.ID>] = [:]
  /// The datastores of single hosts on which a disk lies, with the hosts of those disks' guests.
  private var ofOneHost: [String: Set<Host.ID>] = [:]

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

  /// Whether one host alone reaches `datastore`.
  func isOfOneHost(_ datastore: String) -> Bool { listed[datastore]?.kind == .local }

  /// The pool of a disk on `datastore`, of a guest on `host`.
  mutating func pool(of datastore: String, usedBy host: Host.ID) -> Datastore.ID {
    if isOfOneHost(datastore) {
      ofOneHost[datastore, default: []].insert(host)
      return Self.own
    }
    users[datastore, default: []].insert(host)
    return Datastore.ID(datastore)
  }

  private func kind(_ name: String) -> Datastore.Kind {
    listed[name]?.kind ?? (users[name, default: []].count > 1 ? .shared : .local)
  }

  /// The pools on which a disk lies.
  var datastores: [Datastore] {
    (users.keys.map { Datastore(id: Datastore.ID($0), kind: kind($0)) }
      + (ofOneHost.isEmpty ? [] : [Datastore(id: Self.own, kind: .local)])).sorted { $0.id < $1.id }
  }

  /// The datastores that `own` stands for.
  var single: [String] { ofOneHost.keys.sorted() }

  var unlisted: [String] { users.keys.filter { listed[$0] == nil }.sorted() }

  /// A shared datastore without a list of hosts is everywhere, a local one where its guests are; what is in no list at
  /// all bars no host.
  func reach(of host: Host.ID) -> [HostStorage] {
    let several = users.keys.sorted().compactMap { name -> HostStorage? in
      let known = listed[name]
      let isReached =
        known == nil || known?.hosts.map { $0.contains(host.name) } ?? (kind(name) == .shared)
      guard isReached || users[name]?.contains(host) == true else { return nil }
      return HostStorage(datastore: Datastore.ID(name))
    }
    // Without a list of hosts, whoever has a disk there reaches it.
    let own = listed.filter { name, store in
      store.kind == .local && (store.hosts == [host.name] || ofOneHost[name]?.contains(host) == true)
    }
    guard !ofOneHost.isEmpty, !own.isEmpty else { return several }
    // A disk goes to one datastore as a whole.
    return several + [HostStorage(datastore: Self.own, free: own.values.compactMap(\.free).max())]
  }
}
