import EvacuationModel
import Quantities

/// Where instances' disks lie, by their template.
struct GanetiStorage {
  /// Templates whose disks every node of the group reaches (Ganeti, `DTS_EXT_MIRROR`).
  private static let external: Set = ["rbd", "ext", "sharedfile", "gluster", "blockdev"]

  private var pools: [Datastore.ID: (kind: Datastore.Kind, nodes: Set<String>?)] = [:]

  /// The disks of `instance`: one, as the text tells only their sum.
  mutating func disks(of instance: GanetiInstance) -> [VirtualDisk] {
    guard let size = instance.disk, size > .zero, instance.template != "diskless" else { return [] }
    let pool = pool(of: instance)
    return [VirtualDisk(name: "disk/0", datastore: pool, size: size)]
  }

  /// Both ends of a DRBD mirror have the disks, and nobody else: a pool that two nodes share.
  private mutating func pool(of instance: GanetiInstance) -> Datastore.ID {
    if let secondary = instance.secondary, instance.template.hasPrefix("drbd") {
      let pair = [instance.primary, secondary].sorted()
      let id = Datastore.ID("drbd \(pair[0]) \(pair[1])")
      pools[id] = (.shared, Set(pair))
      return id
    }
    let id = Datastore.ID(instance.template)
    pools[id] = (Self.external.contains(instance.template) ? .shared : .local, nil)
    return id
  }

  var datastores: [Datastore] {
    pools.sorted { $0.key < $1.key }.map { Datastore(id: $0.key, kind: $0.value.kind) }
  }

  func reach(of host: Host.ID, freeDisk: ByteCount?) -> [HostStorage] {
    pools.sorted { $0.key < $1.key }.compactMap { id, pool in
      guard pool.nodes?.contains(host.name) ?? true else { return nil }
      return HostStorage(datastore: id, free: pool.kind == .local ? freeDisk : nil)
    }
  }
}
