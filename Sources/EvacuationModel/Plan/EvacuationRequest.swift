/// What a plan is asked to do.
public struct EvacuationRequest: Hashable, Sendable {
  /// The hosts to empty, in the order given.
  public var drain: [Host.ID]
  /// The hosts to empty once each, maintain and take back, instead of `drain`.
  public var rolling: HostPattern?
  /// When it has to be done; replaces the policy's window where it says something.
  public var window: MaintenanceWindow
  /// For everything that involves chance.
  public var seed: UInt64

  /// A request to empty `drain`.
  public init(drain: [Host.ID], window: MaintenanceWindow = .init(), seed: UInt64 = 0) {
    self.drain = drain
    rolling = nil
    self.window = window
    self.seed = seed
  }

  /// A request to maintain all hosts that match `rolling`, in waves.
  public init(rolling: HostPattern, window: MaintenanceWindow = .init(), seed: UInt64 = 0) {
    drain = []
    self.rolling = rolling
    self.window = window
    self.seed = seed
  }
}
