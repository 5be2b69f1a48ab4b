/// A proof that not all virtual machines can leave: they need more of something than all hosts that could take them
/// have, however they are placed.
public struct Shortfall: Hashable, Sendable {
  /// What is short.
  public enum Resource: String, CaseIterable, Hashable, Sendable {
    /// Memory, in bytes.
    case memory
    /// Memory in pieces as large as the guests, in guests.
    case memoryPieces = "memory_pieces"
    /// Memory beyond what `keep_free` keeps, in bytes.
    case headroom
    /// Virtual CPUs.
    case cpus
    /// Space on local pools, in bytes.
    case diskSpace = "disk_space"
    /// Places without a member of an anti-affinity group, in guests.
    case places
  }

  /// What is short.
  public var resource: Resource
  /// By how much, in the resource's unit.
  public var shortBy: Int64
  /// How much is needed.
  public var needed: Int64
  /// How much there is.
  public var available: Int64
  /// The hosts that could take them.
  public var hosts: [Host.ID]
  /// Those that have to leave and can only go there.
  public var vms: [VirtualMachine.ID]
  /// The proof in a sentence, with its numbers.
  public var message: String

  /// A proof.
  public init(
    resource: Resource, shortBy: Int64, needed: Int64, available: Int64, hosts: [Host.ID],
    vms: [VirtualMachine.ID], message: String
  ) {
    self.resource = resource
    self.shortBy = shortBy
    self.needed = needed
    self.available = available
    self.hosts = hosts
    self.vms = vms
    self.message = message
  }
}
