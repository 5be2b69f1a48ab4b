public import Quantities

/// One line to tick off: a check, a migration, or anything else that is done and then verified.
public struct RunbookStep: Hashable, Sendable {
  /// The migration of the plan that it carries out, if it is one.
  public var migration: RunbookMigration?
  /// What to do, in a few words.
  public var title: String
  /// Why, in numbers.
  public var why: [String]
  /// What can go wrong by doing it.
  public var warnings: [String]
  /// How.
  public var commands: [RunbookCommand]
  /// What comes after that, each when the one before has brought what its text says; never in one go.
  public var then: [RunbookInstruction]
  /// How to follow it.
  public var watch: [RunbookCommand]
  /// How to tell that it is done, or that a check is passed.
  public var doneWhen: String
  /// How to see that.
  public var verify: [RunbookCommand]
  /// What to do if that is not so.
  public var otherwise: String?
  /// When to worry.
  public var worry: WorryLimit?
  /// What helps a migration that does not end, mildest first.
  public var levers: [RunbookInstruction]
  /// How to stop it.
  public var abort: RunbookInstruction?
  /// How to undo it once it is done.
  public var rollback: RunbookInstruction?

  /// A step.
  public init(
    _ title: String, migration: RunbookMigration? = nil, why: [String] = [], warnings: [String] = [],
    commands: [RunbookCommand] = [], then: [RunbookInstruction] = [], watch: [RunbookCommand] = [],
    doneWhen: String,
    verify: [RunbookCommand] = [], otherwise: String? = nil, worry: WorryLimit? = nil,
    levers: [RunbookInstruction] = [],
    abort: RunbookInstruction? = nil, rollback: RunbookInstruction? = nil
  ) {
    self.migration = migration
    self.title = title
    self.why = why
    self.warnings = warnings
    self.commands = commands
    self.then = then
    self.watch = watch
    self.doneWhen = doneWhen
    self.verify = verify
    self.otherwise = otherwise
    self.worry = worry
    self.levers = levers
    self.abort = abort
    self.rollback = rollback
  }
}

/// Which migration a step carries out, and what it is expected to take.
public struct RunbookMigration: Hashable, Sendable {
  /// Its name in the plan.
  public var id: PlannedMigration.ID
  /// Its batch.
  public var batch: Int
  /// Who moves.
  public var vm: VirtualMachine.ID
  /// How.
  public var mode: MigrationMode
  /// From where.
  public var source: Host.ID
  /// To where.
  public var destination: Host.ID
  /// When it starts.
  public var start: PlanTime
  /// How long it takes.
  public var duration: Duration
  /// Exceeded in 1 of 10 cases.
  public var durationP90: Duration
  /// How long the guest does not run.
  public var pause: Duration
  /// Exceeded in 1 of 10 cases.
  public var pauseP90: Duration

  /// What `step` is expected to take; where its forecast never ends, the plan's own times count.
  public init(_ step: PlannedMigration) {
    id = step.id
    batch = step.batch
    vm = step.vm
    mode = step.mode
    source = step.source
    destination = step.destination
    start = step.start
    duration = step.forecast.duration ?? step.end - step.start
    durationP90 = max(duration, step.forecast.durationP90 ?? duration)
    pause = step.forecast.downtime
    pauseP90 = max(pause, step.forecast.downtimeP90)
  }
}

/// When a migration has taken too long, and how to tell a late one from one that never ends.
///
/// Progress goes backwards at the end of every pass, when the pages written meanwhile are counted, so a
/// single figure, and above all the lowest one seen, says nothing. No pass takes longer than the first:
/// a period of `passTime` holds at least one end of a pass, and the highest figure in it is at least what
/// was left there.
public struct WorryLimit: Hashable, Sendable {
  /// How long after its start to begin looking.
  public var lookAfter: Duration
  /// How often to look.
  public var lookEvery: Duration
  /// The period whose highest figure is judged.
  public var passTime: Duration
  /// Memory and disk left in two such periods running, the second no better: it does not end by itself.
  /// `nil`: nothing is left to send that could be judged.
  public var remaining: ByteCount?

  /// When to stop it at the latest, if more than `remaining` is left and does not become less.
  public var decideAfter: Duration { lookAfter + passTime + passTime }

  /// A limit.
  public init(lookAfter: Duration, lookEvery: Duration, passTime: Duration, remaining: ByteCount?) {
    self.lookAfter = lookAfter
    self.lookEvery = lookEvery
    self.passTime = passTime
    self.remaining = remaining
  }
}
