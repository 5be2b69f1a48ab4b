public import Quantities

/// A shared network segment, full duplex: `bandwidth` holds for each direction.
public struct MigrationLink: Hashable, Sendable, Identifiable {
  /// The name of a link.
  public typealias ID = Identifier<MigrationLink>

  /// Its name.
  public var id: ID
  /// Capacity each way.
  public var bandwidth: DataRate

  /// A link named `id`.
  public init(id: ID, bandwidth: DataRate) {
    self.id = id
    self.bandwidth = bandwidth
  }
}
