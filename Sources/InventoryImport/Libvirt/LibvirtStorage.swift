import EvacuationModel
import Quantities

/// Where the disks of all hosts lie: libvirt's pools, file systems that are mounted, and protocols.
struct LibvirtStorage {
  /// One place of storage on one host.
  private struct Place {
    let name: String
    let kind: Datastore.Kind
    /// What tells two shared places of one name apart: where they come from.
    let source: String
    /// Whether every host is taken to have it, as nothing says otherwise.
    var isEverywhere = false
    /// Whether local is no more than an assumption.
    var isAssumed = false
    var free: ByteCount?
  }

  /// Pool types of which all hosts see the same (libvirt's storage drivers that need a network or a SAN).
  private static let sharedPools: Set = [
    "netfs", "iscsi", "iscsi-direct", "scsi", "mpath", "rbd", "sheepdog", "gluster", "vstorage",
  ]
  /// File systems of which all hosts see the same.
  private static let sharedFileSystems: Set = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "fuse.glusterfs", "fuse.ceph", "gfs2",
    "ocfs2",
    "lustre", "beegfs", "gpfs", "afs", "9p", "virtiofs", "fuse.sshfs", "fuse.juicefs", "moosefs", "fuse.mfs",
  ]

  private(set) var datastores: [Datastore] = []
  /// Disks whose locality is an assumption, by guest.
  private(set) var assumed: [String] = []
  /// Disks of unknown size.
  private(set) var unsized: [String] = []
  private var sources: [Datastore.ID: String] = [:]
  private var everywhere: Set<Datastore.ID> = []
  private var reached: [Int: [Datastore.ID: ByteCount?]] = [:]
  private let captures: [LibvirtCapture]
  private let places: [[(path: String, place: Place)]]

  init(_ captures: [LibvirtCapture]) {
    self.captures = captures
    places = captures.map { Self.places(of: $0) }
  }

  /// The disk that `element` defines on the host at `index`; `nil` for an empty drive and one that only a device
  /// ties.
  mutating func disk(
    _ element: XMLElement, host index: Int, statistics: LibvirtStatistics.BlockStatistics?,
    writeRate: DataRate?,
    of guest: String
  ) -> VirtualDisk? {
    let target = element.first("target")?["dev"] ?? "disk"
    guard let place = place(of: element, host: index) else { return nil }
    let pool = datastore(place, host: index)
    if place.isAssumed { assumed.append(guest) }
    let size = statistics.flatMap { $0.capacity ?? $0.physical }
    if size == nil { unsized.append("\(guest) \(target)") }
    let used = [statistics?.allocation, statistics?.physical].compactMap(\.self).max()
    let known = size ?? ImportDefaults.diskSize
    return VirtualDisk(
      name: target, datastore: pool, size: known,
      used: size == nil || place.kind == .shared ? nil : used.map { min($0, known) },
      writeRate: writeRate ?? .zero)
  }

  /// Whether the medium in a drive lies on this host alone.
  func isLocalFile(_ element: XMLElement, host index: Int) -> Bool {
    element.first("source")?["file"] != nil && place(of: element, host: index)?.kind == .local
  }

  /// What the host at `index` reaches, as far as any disk lies there.
  func reach(of index: Int) -> [HostStorage] {
    let listsPlaces = !captures[index].pools.isEmpty || !captures[index].mounts.isEmpty
    return datastores.compactMap { store in
      if let own = reached[index]?[store.id] { return HostStorage(datastore: store.id, free: own) }
      if let own = places[index].first(where: { matches($0.place, store) })?.place {
        return HostStorage(datastore: store.id, free: store.kind == .local ? own.free : nil)
      }
      return everywhere.contains(store.id) || !listsPlaces ? HostStorage(datastore: store.id) : nil
    }
  }

  private func matches(_ place: Place, _ store: Datastore) -> Bool {
    place.kind == store.kind && sources[store.id] == "\(place.name)\u{0}\(place.source)"
  }

  private func place(of element: XMLElement, host index: Int) -> Place? {
    guard let source = element.first("source") else { return nil }
    if let pool = source["pool"] {
      return places[index].first { $0.place.name == pool }?.place
        ?? Place(name: pool, kind: .local, source: "", isEverywhere: true, isAssumed: true)
    }
    if let socket = source["protocol"] { return network(socket, source, host: index) }
    guard let path = source["file"] ?? source["dev"] ?? source["dir"] else { return nil }
    let known = places[index].filter {
      path == $0.path || path.hasPrefix($0.path == "/" ? "/" : "\($0.path)/")
    }
    .max { $0.path.utf8.count < $1.path.utf8.count }
    if let known, known.path != "/", known.place.kind == .shared || !known.place.isEverywhere {
      return known.place
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    // A block device that no pool explains may be a LUN that others see as well.
    let isAssumed = known == nil || source["dev"] != nil
    return Place(
      name: folder.isEmpty ? "/" : folder, kind: .local, source: "", isEverywhere: true, isAssumed: isAssumed)
  }

  /// A disk that QEMU itself reads over the network.
  private func network(_ kind: String, _ source: XMLElement, host index: Int) -> Place {
    let image = source["name"] ?? ""
    let name = image.contains("/") ? String(image.prefix { $0 != "/" }) : ""
    if let pool = places[index].first(where: { $0.place.source == "\(kind) \(name)" })?.place { return pool }
    let label = name.isEmpty ? source.first("host")?["name"] ?? "network" : name
    return Place(name: "\(kind)-\(label)", kind: .shared, source: kind, isEverywhere: true)
  }

  private mutating func datastore(_ place: Place, host index: Int) -> Datastore.ID {
    let source = "\(place.name)\u{0}\(place.source)"
    let known = datastores.first { $0.kind == place.kind && sources[$0.id] == source }
    let id = known?.id ?? newID(place)
    if known == nil {
      datastores.append(Datastore(id: id, kind: place.kind))
      sources[id] = source
    }
    if place.isEverywhere { everywhere.insert(id) }
    reached[index, default: [:]][id] = place.kind == .local ? .some(place.free) : .some(nil)
    return id
  }

  private func newID(_ place: Place) -> Datastore.ID {
    let taken = Set(datastores.map(\.id.name))
    let names = [place.name, "\(place.name) (\(place.kind.rawValue))", "\(place.name) (\(place.source))"]
    return Datastore.ID(names.first { !taken.contains($0) } ?? "\(place.name) \(taken.count)")
  }

  /// The places that a host lists: its pools by their path or source, and mounted file systems.
  private static func places(of capture: LibvirtCapture) -> [(path: String, place: Place)] {
    let mounts = capture.mounts.map { mount in
      let isShared = sharedFileSystems.contains(mount.type)
      return (
        path: mount.target,
        place: Place(
          name: mount.target, kind: isShared ? .shared : .local, source: isShared ? mount.device : "",
          isEverywhere: !isShared)
      )
    }
    let pools = capture.pools.map { pool in
      let name = pool.text("name") ?? "pool"
      let path = pool.text("target", "path") ?? ""
      let mount = mounts.filter { path == $0.path || path.hasPrefix("\($0.path)/") }
        .max { $0.path.utf8.count < $1.path.utf8.count }
      let isShared = sharedPools.contains(pool["type"] ?? "dir") || mount?.place.kind == .shared
      return (
        path: path,
        place: Place(
          name: name, kind: isShared ? .shared : .local,
          source: isShared ? mount?.place.source ?? source(of: pool) : "",
          free: capture.poolSpace[name] ?? space(pool))
      )
    }
    return pools + mounts
  }

  private static func space(_ pool: XMLElement) -> ByteCount? {
    guard let element = pool.first("available"), let number = Double(element.text) else { return nil }
    return LibvirtText.amount(number, unit: element["unit"] ?? "bytes")
  }

  /// Two pools of one name are the same storage if they have the same source.
  private static func source(of pool: XMLElement) -> String {
    let type = pool["type"] ?? ""
    guard let source = pool.first("source") else { return type }
    if let name = source.text("name") { return "\(type) \(name)" }
    let parts = [
      source.first("host")?["name"], source.first("dir")?["path"], source.first("device")?["path"],
      source.first("adapter")?["name"],
    ]
    return ([type] + parts.compactMap(\.self)).joined(separator: " ")
  }
}
