/// What a plan is asked to do.
public struct EvacuationRequest: Hashable, Sendable {
  /// The hosts to empty, in the order given.
  public var drain: [Host.ID]
  /// When it has to be done; replaces the policy's window where it says something.
  public var window: MaintenanceWindow
  /// For everything that involves chance.
  public var seed: UInt64

  /// A request to empty `drain`.
  public init(drain: [Host.ID], window: MaintenanceWindow = .init(), seed: UInt64 = 0) {
    self.drain = drain
    self.window = window
    self.seed = seed
  }
}
