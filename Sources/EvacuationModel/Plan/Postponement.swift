/// Hosts and guests that were asked for and are left for a later time, though they could leave.
public struct Postponement: Hashable, Sendable {
  /// Why they stay.
  public enum Cause: String, Hashable, Sendable {
    /// The window is too short for all.
    case nextWindow = "next_window"
    /// A rule forbids moving them between certain times.
    case blackout
  }

  /// Hosts that are left as a whole.
  public var hosts: [Host.ID]
  /// Guests that are left by themselves.
  public var guests: [VirtualMachine.ID]
  /// Why.
  public var cause: Cause
  /// The same in words, after "stays on host: ".
  public var reason: String

  /// Something that is left.
  public init(
    hosts: [Host.ID] = [], guests: [VirtualMachine.ID] = [], cause: Cause, reason: String
  ) {
    self.hosts = hosts
    self.guests = guests
    self.cause = cause
    self.reason = reason
  }
}
