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
    id: ID, wave: Int = 1, batch: Int, vm: VirtualMachine.ID, mode: MigrationMode, usesPostCopy: Bool = false,
    usesAutoConverge: Bool = false, source: Host.ID, destination: Host.ID, start: PlanTime, end: PlanTime,
    dependsOn: [ID] = [], bandwidth: DataRate, forecast: MigrationForecast, reasons: [String] = []
  ) {
    self.id = id
    self.wave = wave
    self.batch = batch
    self.vm = vm
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
