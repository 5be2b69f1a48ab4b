public import Quantities

/// Hosts, virtual machines, storage, links and groups: one consistent picture of a cluster.
///
/// Names are unique per kind and every reference resolves; the importer refuses anything else.
public struct Inventory: Hashable, Sendable {
  /// What the picture is called.
  public var name: String
  /// The system it was taken from.
  public var platform: Platform
  /// Which release of it, if that matters; `nil`: today's.
  public var release: PlatformRelease?
  /// When it was taken, if known; a runbook refuses to run on a picture that is too old.
  public var capturedAt: Instant?
  /// Shared network segments beyond a host's own NIC.
  public var links: [MigrationLink]
  /// Storage pools.
  public var datastores: [Datastore]
  /// Hosts, in the file's order.
  public var hosts: [Host]
  /// Virtual machines, in the file's order.
  public var virtualMachines: [VirtualMachine]
  /// Affinity and anti-affinity groups.
  public var groups: [PlacementGroup]

  /// A picture of the given parts.
  public init(
    name: String, platform: Platform = .generic, release: PlatformRelease? = nil, capturedAt: Instant? = nil,
    links: [MigrationLink] = [],
    datastores: [Datastore] = [], hosts: [Host] = [], virtualMachines: [VirtualMachine] = [],
    groups: [PlacementGroup] = []
  ) {
    self.name = name
    self.platform = platform
    self.release = release
    self.capturedAt = capturedAt
    self.links = links
    self.datastores = datastores
    self.hosts = hosts
    self.virtualMachines = virtualMachines
    self.groups = groups
  }
}
