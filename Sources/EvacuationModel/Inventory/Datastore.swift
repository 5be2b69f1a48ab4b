public import Quantities

/// A storage pool.
public struct Datastore: Hashable, Sendable, Identifiable {
  /// The name of a pool.
  public typealias ID = Identifier<Datastore>

  /// Who sees the same data.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Every host that lists the pool sees the same disks; they do not travel.
    case shared
    /// Each host that lists the pool has a piece of its own; disks travel with the guest.
    case local
  }

  /// Its name.
  public var id: ID
  /// Shared or local.
  public var kind: Kind
  /// Sequential read speed of one host's piece; `nil` if the link is taken as the limit.
  public var read: DataRate?
  /// Sequential write speed of one host's piece; `nil` if the link is taken as the limit.
  public var write: DataRate?

  /// A pool named `id`.
  public init(id: ID, kind: Kind, read: DataRate? = nil, write: DataRate? = nil) {
    self.id = id
    self.kind = kind
    self.read = read
    self.write = write
  }
}
