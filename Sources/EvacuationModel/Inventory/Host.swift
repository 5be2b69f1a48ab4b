public import Quantities

/// Whether a host runs virtual machines and takes new ones.
public enum HostState: String, CaseIterable, Hashable, Sendable {
  /// Runs virtual machines and takes arrivals.
  case up
  /// Runs virtual machines and takes no arrivals.
  case disabled
  /// Runs nothing.
  case down
}

/// A machine that runs virtual machines.
public struct Host: Hashable, Sendable, Identifiable {
  /// The name of a host.
  public typealias ID = Identifier<Host>

  /// Its name.
  public var id: ID
  /// Whether it takes arrivals.
  public var state: HostState
  /// Logical CPUs that guests may use, before overcommit.
  public var cpus: Int
  /// All memory of the machine.
  public var memory: ByteCount
  /// Memory kept for the host itself.
  public var reservedMemory: ByteCount
  /// Speed of the NIC that carries migrations, each way.
  public var migrationBandwidth: DataRate
  /// Shared segments between this host and the core; two hosts that share all of them do not cross them.
  public var links: [MigrationLink.ID]
  /// The CPU model guests see, if known.
  public var cpuModel: String?
  /// Further CPU models that this host can present.
  public var cpuModels: [String]
  /// CPU features that guests may ask for.
  public var cpuFeatures: [String]
  /// Availability zone.
  public var zone: String?
  /// Rack.
  public var rack: String?
  /// Free-form labels, sorted by key.
  public var labels: Labels
  /// The hypervisor's version.
  public var version: String?
  /// The pools this host reaches, and for local ones the space left.
  public var storage: [HostStorage]

  /// A host named `id`.
  public init(
    id: ID, state: HostState = .up, cpus: Int, memory: ByteCount, reservedMemory: ByteCount = .zero,
    migrationBandwidth: DataRate, links: [MigrationLink.ID] = [], cpuModel: String? = nil,
    cpuModels: [String] = [], cpuFeatures: [String] = [], zone: String? = nil, rack: String? = nil,
    labels: Labels = .init(), version: String? = nil, storage: [HostStorage] = []
  ) {
    self.id = id
    self.state = state
    self.cpus = cpus
    self.memory = memory
    self.reservedMemory = reservedMemory
    self.migrationBandwidth = migrationBandwidth
    self.links = links
    self.cpuModel = cpuModel
    self.cpuModels = cpuModels
    self.cpuFeatures = cpuFeatures
    self.zone = zone
    self.rack = rack
    self.labels = labels
    self.version = version
    self.storage = storage
  }
}

/// A pool as one host sees it.
public struct HostStorage: Hashable, Sendable {
  /// The pool.
  public var datastore: Datastore.ID
  /// Space left on this host's piece of a local pool; `nil` if the inventory does not say.
  public var free: ByteCount?

  /// This host's access to `datastore`.
  public init(datastore: Datastore.ID, free: ByteCount? = nil) {
    self.datastore = datastore
    self.free = free
  }
}
