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
  /// The plan that this one replaces, by the SHA-256 of its JSON.
  public var replaces: String?
  /// The guests to bring home, instead of `drain`.
  public var restore: RestoreRequest?

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

  /// A request to bring guests home after a plan.
  public init(restore: RestoreRequest, window: MaintenanceWindow = .init(), seed: UInt64 = 0) {
    self.init(drain: [], window: window, seed: seed)
    self.restore = restore
  }
}
