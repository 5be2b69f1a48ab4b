/// The way home after a plan: which of the guests that it moved go back to where they were.
public struct RestoreRequest: Hashable, Sendable {
  /// Who needs to go home.
  public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// Everybody that the plan moved.
    case all
    /// Who is apart from, or together with, others against a placement group, and was not before.
    case affinity
    /// Who has local disks.
    case local
    /// Who is on a host that is fuller than the cluster is on average, while the home is emptier.
    case balance
  }

  /// A guest and where it was.
  public struct Home: Hashable, Sendable {
    /// The guest.
    public let vm: VirtualMachine.ID
    /// The host that it came from.
    public let host: Host.ID

    /// A guest and where it was.
    public init(vm: VirtualMachine.ID, host: Host.ID) {
      self.vm = vm
      self.host = host
    }
  }

  /// The plan that moved them, by the SHA-256 of its JSON.
  public var plan: String
  /// Who was asked for.
  public var scope: Scope
  /// The guests with their homes, in the order in which they left.
  public var homes: [Home]

  /// A way home.
  public init(plan: String, scope: Scope = .all, homes: [Home]) {
    self.plan = plan
    self.scope = scope
    self.homes = homes
  }
}
