public import Quantities

/// Why a plan does with a guest or a host what it does.
public struct PlanExplanation: Hashable, Sendable {
  /// What was asked about: a step, a virtual machine or a host, by its name.
  public var subject: String
  /// Its migrations, in the plan's order.
  public var moves: [MoveExplanation]
  /// If it is a virtual machine that stays.
  public var stays: UnplacedVirtualMachine?
  /// If it is a host.
  public var host: HostExplanation?

  /// An explanation.
  public init(
    subject: String, moves: [MoveExplanation] = [], stays: UnplacedVirtualMachine? = nil,
    host: HostExplanation? = nil
  ) {
    self.subject = subject
    self.moves = moves
    self.stays = stays
    self.host = host
  }
}

/// Why one migration goes there, and why then.
public struct MoveExplanation: Hashable, Sendable {
  /// The migration.
  public var step: PlannedMigration
  /// The destination chosen, then the other hosts that would do, the next best first.
  public var possible: [DestinationOption]
  /// Why the others would not, in the inventory's order.
  public var refusals: [HostRefusal]
  /// Why it does not start earlier, a sentence a reason.
  public var waits: [String]

  /// An explanation of `step`.
  public init(
    step: PlannedMigration, possible: [DestinationOption], refusals: [HostRefusal], waits: [String]
  ) {
    self.step = step
    self.possible = possible
    self.refusals = refusals
    self.waits = waits
  }
}

/// What sending a guest to one of the possible hosts means.
public struct DestinationOption: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// How the guest would move.
  public var mode: MigrationMode
  /// How long that takes alone on the path; `nil` if it does not end by itself.
  public var duration: Duration?
  /// How full the host's memory is afterwards, with everybody else where the plan sends them.
  public var load: Ratio
  /// Soft groups that it would break.
  public var softGroupsBroken: Int
  /// How much later the plan ends with this host instead of the one chosen, all else in the same order; negative:
  /// earlier. `nil` where that was not tried.
  public var makespanChange: Duration?

  /// An option.
  public init(
    host: Host.ID, mode: MigrationMode, duration: Duration?, load: Ratio, softGroupsBroken: Int,
    makespanChange: Duration? = nil
  ) {
    self.host = host
    self.mode = mode
    self.duration = duration
    self.load = load
    self.softGroupsBroken = softGroupsBroken
    self.makespanChange = makespanChange
  }
}

/// What a plan does with a host.
public struct HostExplanation: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// Whether it is to be emptied.
  public var isDrained: Bool
  /// Guests on it before and after.
  public var guestsBefore: Int
  /// Guests on it before and after.
  public var guestsAfter: Int
  /// How full its memory is before and after.
  public var loadBefore: Ratio
  /// How full its memory is before and after.
  public var loadAfter: Ratio
  /// The migrations that leave it, in the plan's order.
  public var departures: [PlannedMigration.ID]
  /// The migrations that come to it, in the plan's order.
  public var arrivals: [PlannedMigration.ID]
  /// What there is to say, a sentence each.
  public var remarks: [String]

  /// An explanation of `host`.
  public init(
    host: Host.ID, isDrained: Bool, guestsBefore: Int, guestsAfter: Int, loadBefore: Ratio, loadAfter: Ratio,
    departures: [PlannedMigration.ID], arrivals: [PlannedMigration.ID], remarks: [String]
  ) {
    self.host = host
    self.isDrained = isDrained
    self.guestsBefore = guestsBefore
    self.guestsAfter = guestsAfter
    self.loadBefore = loadBefore
    self.loadAfter = loadAfter
    self.departures = departures
    self.arrivals = arrivals
    self.remarks = remarks
  }
}
