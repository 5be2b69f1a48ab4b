import EvacuationModel
import Quantities

/// The storages of a cluster and who reaches them.
struct ProxmoxStorage {
  /// Plugins whose storages are on the network (PVE/Storage/*Plugin.pm, `shared`).
  private static let sharedPlugins: Set = [
    "rbd", "nfs", "cifs", "cephfs", "iscsi", "iscsidirect", "zfs", "glusterfs", "drbd", "pbs", "esxi",
  ]

  private(set) var kinds: [String: Datastore.Kind] = [:]
  /// Free space by node, of what a node lists.
  private var free: [String: [String: ByteCount?]] = [:]
  /// Nodes that a storage is limited to.
  private var limits: [String: Set<String>] = [:]
  private(set) var used: Set<String> = []

  init(_ files: ProxmoxFiles, nodes: [String]) {
    for fields in files[.storageConfiguration].map(\.fields) {
      guard let name = fields.text("storage") else { continue }
      note(name, shared: fields.number("shared"), plugin: fields.text("type", "plugintype"))
      if let nodes = fields.texts("nodes") { limits[name] = Set(nodes) }
    }
    for fields in files[.storage].map(\.fields) {
      guard let name = fields.text("storage") else { continue }
      note(name, shared: fields.number("shared"), plugin: fields.text("plugintype"))
      guard let node = fields.text("node") else { continue }
      free[node, default: [:]][name] = .some(Self.space(fields))
    }
    // `/nodes/NODE/storage` does not name its node.
    for record in files[.storageConfiguration] where record.fields.has("avail") {
      guard let name = record.fields.text("storage"),
        let node = PathSubject.name(in: record.path, among: nodes)
      else { continue }
      free[node, default: [:]][name] = .some(record.fields.bytes("avail"))
    }
  }

  private mutating func note(_ name: String, shared: Double?, plugin: String?) {
    let isShared = shared.map { $0 != 0 } ?? false || Self.sharedPlugins.contains(plugin ?? "")
    if isShared || kinds[name] == nil { kinds[name] = isShared ? .shared : .local }
  }

  private static func space(_ fields: JSONValue) -> ByteCount? {
    guard let all = fields.bytes("maxdisk"), let used = fields.bytes("disk") else { return nil }
    return max(all - used, .zero)
  }

  /// The storage named `name`, from now on one of the inventory's; whether it was listed.
  mutating func use(_ name: String) -> (kind: Datastore.Kind, isListed: Bool) {
    used.insert(name)
    guard let kind = kinds[name] else {
      kinds[name] = .local
      return (.local, false)
    }
    return (kind, true)
  }

  var datastores: [Datastore] {
    used.sorted().map { Datastore(id: Datastore.ID($0), kind: kinds[$0] ?? .local) }
  }

  /// Whether the storages of `node` are listed.
  func isListed(_ node: String) -> Bool { free[node] != nil }

  /// What `node` reaches; a storage that no node lists is taken to be everywhere.
  func reach(of node: String) -> [HostStorage] {
    let listed = Set(free.values.flatMap(\.keys))
    return used.sorted().compactMap { name in
      let id = Datastore.ID(name)
      if let space = free[node]?[name] {
        return HostStorage(datastore: id, free: kinds[name] == .local ? space : nil)
      }
      if let nodes = limits[name] { return nodes.contains(node) ? HostStorage(datastore: id) : nil }
      // A node that lists nothing was offline; one that lists others does not have it, unless nothing said so.
      let isElsewhere = listed.contains(name) && free[node] != nil && kinds[name] != .shared
      return isElsewhere ? nil : HostStorage(datastore: id)
    }
  }
}
