public import Quantities

/// Whether a guest executes.
public enum PowerState: String, CaseIterable, Hashable, Sendable {
  /// Executes.
  case running
  /// In memory, not executing.
  case paused
  /// Not in memory.
  case stopped
}

/// A guest.
public struct VirtualMachine: Hashable, Sendable, Identifiable {
  /// The name of a virtual machine.
  public typealias ID = Identifier<VirtualMachine>

  /// Its name, unique in the inventory.
  public var id: ID
  /// The platform's own id (UUID, VMID, managed object), used in commands.
  public var platformID: String?
  /// Where it runs.
  public var host: Host.ID
  /// Whether it executes.
  public var state: PowerState
  /// Virtual CPUs.
  public var vcpus: Int
  /// Memory of the guest.
  public var memory: ByteCount
  /// Memory that is not zero pages; `nil` if unknown, then all of it counts.
  public var memoryTouched: ByteCount?
  /// The CPU model it needs: a model's name, `host-model`, `host-passthrough`, or `nil` for any.
  public var cpuModel: String?
  /// CPU features that the destination must have, all of them.
  public var cpuFeatures: [String]
  /// The zone it may not leave.
  public var zone: String?
  /// Its disks.
  public var disks: [VirtualDisk]
  /// What is known about its memory writes.
  public var memoryActivity: MemoryActivity
  /// What ties it to its host.
  public var devices: [AttachedDevice]
  /// Free-form labels.
  public var labels: Labels
  /// A cap of its own on migration traffic.
  public var migrationBandwidthLimit: DataRate?

  /// A virtual machine named `id` on `host`.
  public init(
    id: ID, platformID: String? = nil, host: Host.ID, state: PowerState = .running, vcpus: Int,
    memory: ByteCount, memoryTouched: ByteCount? = nil, cpuModel: String? = nil, cpuFeatures: [String] = [],
    zone: String? = nil, disks: [VirtualDisk] = [], memoryActivity: MemoryActivity = .init(),
    devices: [AttachedDevice] = [], labels: Labels = .init(), migrationBandwidthLimit: DataRate? = nil
  ) {
    self.id = id
    self.platformID = platformID
    self.host = host
    self.state = state
    self.vcpus = vcpus
    self.memory = memory
    self.memoryTouched = memoryTouched
    self.cpuModel = cpuModel
    self.cpuFeatures = cpuFeatures
    self.zone = zone
    self.disks = disks
    self.memoryActivity = memoryActivity
    self.devices = devices
    self.labels = labels
    self.migrationBandwidthLimit = migrationBandwidthLimit
  }
}

/// A disk of a guest.
public struct VirtualDisk: Hashable, Sendable {
  /// The device's name in the guest's definition, such as `vda`.
  public var name: String
  /// The pool that holds it.
  public var datastore: Datastore.ID
  /// Its apparent size.
  public var size: ByteCount
  /// Allocated bytes; `nil` if unknown, then the whole size counts.
  public var used: ByteCount?
  /// What the guest writes to it, in the 64 KiB units that a mirror copies.
  public var writeRate: DataRate

  /// A disk named `name` on `datastore`.
  public init(
    name: String, datastore: Datastore.ID, size: ByteCount, used: ByteCount? = nil,
    writeRate: DataRate = .zero
  ) {
    self.name = name
    self.datastore = datastore
    self.size = size
    self.used = used
    self.writeRate = writeRate
  }

  /// What a mirror has to copy: allocated bytes, never more than the size.
  public var allocated: ByteCount { min(used ?? size, size) }
}

/// A device of the host that a guest holds.
public struct AttachedDevice: Hashable, Sendable {
  /// The platform's word for its kind: `pci-passthrough`, `sriov`, `vgpu`, `local-cdrom`, …
  public var kind: String
  /// Its name.
  public var name: String

  /// A device.
  public init(kind: String, name: String) {
    self.kind = kind
    self.name = name
  }
}
