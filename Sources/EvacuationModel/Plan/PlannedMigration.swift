public import Quantities

/// One migration of a plan.
public struct PlannedMigration: Hashable, Sendable, Identifiable {
  /// The name of a step, such as `m001`.
  public typealias ID = Identifier<PlannedMigration>

  /// Its name.
  public var id: ID
  /// The wave it belongs to, from 1.
  public var wave: Int
  /// The batch it belongs to, from 1; migrations of one batch start together.
  public var batch: Int
  /// Who moves.
  public var vm: VirtualMachine.ID
  /// What a runbook must know about it.
  public var guest: PlannedGuest
  /// How.
  public var mode: MigrationMode
  /// Whether it is planned to switch to post-copy.
  public var usesPostCopy: Bool
  /// Whether it is planned that auto-converge slows the guest.
  public var usesAutoConverge: Bool
  /// From where.
  public var source: Host.ID
  /// To where.
  public var destination: Host.ID
  /// When it starts.
  public var start: PlanTime
  /// When it has ended.
  public var end: PlanTime
  /// Steps that must have ended before.
  public var dependsOn: [ID]
  /// The share of the path that it never falls below while it transfers, in guest data per second.
  public var bandwidth: DataRate
  /// What it will do, at the shares it gets; `duration` is `end` − `start`.
  public var forecast: MigrationForecast
  /// Why so, in numbers.
  public var reasons: [String]

  /// A step.
  public init(
    id: ID, wave: Int = 1, batch: Int, vm: VirtualMachine.ID, guest: PlannedGuest,
    mode: MigrationMode, usesPostCopy: Bool = false,
    usesAutoConverge: Bool = false, source: Host.ID, destination: Host.ID, start: PlanTime, end: PlanTime,
    dependsOn: [ID] = [], bandwidth: DataRate, forecast: MigrationForecast, reasons: [String] = []
  ) {
    self.id = id
    self.wave = wave
    self.batch = batch
    self.vm = vm
    self.guest = guest
    self.mode = mode
    self.usesPostCopy = usesPostCopy
    self.usesAutoConverge = usesAutoConverge
    self.source = source
    self.destination = destination
    self.start = start
    self.end = end
    self.dependsOn = dependsOn
    self.bandwidth = bandwidth
    self.forecast = forecast
    self.reasons = reasons
  }
}

/// What a runbook must know about a guest, so that it can be written from the plan alone.
public struct PlannedGuest: Hashable, Sendable {
  /// The platform's own id, used in commands.
  public var platformID: String?
  /// Whether it executes now.
  public var state: PowerState
  /// Its memory.
  public var memory: ByteCount
  /// The local disks that travel with it, by name.
  public var copiedDisks: [String]
  /// The downtime limit to set, where the policy sets one that the platform takes per migration.
  public var downtimeLimit: Duration?
  /// The cap to set, where the policy or the inventory has one.
  public var bandwidthLimit: DataRate?

  /// A guest.
  public init(
    platformID: String? = nil, state: PowerState = .running, memory: ByteCount, copiedDisks: [String] = [],
    downtimeLimit: Duration? = nil, bandwidthLimit: DataRate? = nil
  ) {
    self.platformID = platformID
    self.state = state
    self.memory = memory
    self.copiedDisks = copiedDisks
    self.downtimeLimit = downtimeLimit
    self.bandwidthLimit = bandwidthLimit
  }
}
