public import EvacuationModel
public import Quantities

/// Names as literals: `"host-1"` where a `Host.ID` is wanted. Tests only; real names come from files.
extension Identifier: ExpressibleByStringLiteral {
  /// The identifier for the literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }
}

extension Inventory {
  /// A picture of the given parts, with a shared pool `ceph` and a local pool `ssd`.
  public static func small(
    _ name: String = "small", platform: Platform = .nova, hosts: [Host], vms: [VirtualMachine] = [],
    links: [MigrationLink] = [], groups: [PlacementGroup] = [],
    datastores: [Datastore] = [.init(id: "ceph", kind: .shared), .init(id: "ssd", kind: .local)]
  ) -> Self {
    Self(
      name: name, platform: platform, links: links, datastores: datastores, hosts: hosts,
      virtualMachines: vms, groups: groups)
  }
}

extension Host {
  /// A host that reaches the pools `ceph` and `ssd` and keeps no memory for itself.
  public static func small(
    _ id: ID, state: HostState = .up, cpus: Int = 16, memory: ByteCount = .gibibytes(64),
    bandwidth: DataRate = .gigabitsPerSecond(10), links: [MigrationLink.ID] = [], cpuModel: String? = nil,
    cpuModels: [String] = [], cpuFeatures: [String] = [], zone: String? = nil, rack: String? = nil,
    storage: [HostStorage] = [
      .init(datastore: "ceph"), .init(datastore: "ssd", free: .gibibytes(500)),
    ]
  ) -> Self {
    Self(
      id: id, state: state, cpus: cpus, memory: memory, migrationBandwidth: bandwidth, links: links,
      cpuModel: cpuModel, cpuModels: cpuModels, cpuFeatures: cpuFeatures, zone: zone, rack: rack,
      storage: storage)
  }
}

extension VirtualMachine {
  /// A quiet guest with one disk on `ceph`.
  public static func small(
    _ id: ID, on host: Host.ID, state: PowerState = .running, vcpus: Int = 2,
    memory: ByteCount = .gibibytes(4), cpuModel: String? = nil, cpuFeatures: [String] = [],
    zone: String? = nil, disks: [VirtualDisk] = [.shared()], writes: WriteIntensity? = .low,
    devices: [AttachedDevice] = []
  ) -> Self {
    Self(
      id: id, host: host, state: state, vcpus: vcpus, memory: memory, cpuModel: cpuModel,
      cpuFeatures: cpuFeatures, zone: zone, disks: disks, memoryActivity: .init(intensity: writes),
      devices: devices)
  }
}

extension VirtualDisk {
  /// A disk on the shared pool `ceph`.
  public static func shared(_ name: String = "vda", size: ByteCount = .gibibytes(20)) -> Self {
    Self(name: name, datastore: "ceph", size: size)
  }

  /// A disk on the local pool `ssd`, half of it allocated.
  public static func local(_ name: String = "vdb", size: ByteCount = .gibibytes(40)) -> Self {
    Self(name: name, datastore: "ssd", size: size, used: size * 0.5)
  }
}
