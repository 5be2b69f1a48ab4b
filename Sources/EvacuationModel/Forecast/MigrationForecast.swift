public import Quantities

/// One pass between two bitmap syncs of a pre-copy, or a run of like passes.
public struct MigrationRound: Hashable, Sendable {
  /// Counted from 1, the pass over all memory.
  public var round: Int
  /// How many passes of this kind follow each other; 1 unless the state has become periodic.
  public var repeats: Int
  /// Offset from the start of the migration.
  public var start: Duration
  /// Of all `repeats` together.
  public var duration: Duration
  /// Bytes on the wire, of all `repeats` together.
  public var sent: ByteCount
  /// Left to send after the sync that ends it.
  public var remaining: ByteCount
  /// Newly dirtied, found by the sync that ends it; of one pass.
  public var dirtied: ByteCount
  /// How much the guest is slowed.
  public var throttle: Ratio

  /// A pass.
  public init(
    round: Int, repeats: Int = 1, start: Duration, duration: Duration, sent: ByteCount, remaining: ByteCount,
    dirtied: ByteCount, throttle: Ratio = .zero
  ) {
    self.round = round
    self.repeats = repeats
    self.start = start
    self.duration = duration
    self.sent = sent
    self.remaining = remaining
    self.dirtied = dirtied
    self.throttle = throttle
  }
}

/// What would make a migration converge that does not: the numbers an operator can act on.
public struct ConvergenceRemedies: Hashable, Sendable {
  /// The smallest downtime limit that ends it at this bandwidth.
  public var pauseNeeded: Duration?
  /// The bandwidth at which the present limit ends it.
  public var bandwidthNeeded: DataRate?
  /// The auto-converge throttle that ends it; `nil`: not even the highest one does.
  public var throttleNeeded: Ratio?
  /// Time and pause with post-copy after the first pass.
  public var postCopyDuration: Duration
  /// The pause of that switch.
  public var postCopyDowntime: Duration

  /// The four numbers.
  public init(
    pauseNeeded: Duration?, bandwidthNeeded: DataRate?, throttleNeeded: Ratio?, postCopyDuration: Duration,
    postCopyDowntime: Duration
  ) {
    self.pauseNeeded = pauseNeeded
    self.bandwidthNeeded = bandwidthNeeded
    self.throttleNeeded = throttleNeeded
    self.postCopyDuration = postCopyDuration
    self.postCopyDowntime = postCopyDowntime
  }
}

/// What one migration will do.
public struct MigrationForecast: Hashable, Sendable {
  /// How it moves.
  public var mode: MigrationMode
  /// How it ends.
  public var outcome: ConvergenceOutcome
  /// Whether the guest runs at the destination afterwards.
  public var completes: Bool
  /// From the operator's call to the finished state; `nil`: it never ends.
  public var duration: Duration?
  /// Exceeded in 9 of 10 cases.
  public var durationP10: Duration?
  /// Exceeded in half of all cases.
  public var durationP50: Duration?
  /// Exceeded in 1 of 10 cases; `nil`: in those it never ends.
  public var durationP90: Duration?
  /// How long the guest does not run.
  public var downtime: Duration
  /// Exceeded in 9 of 10 cases that complete.
  public var downtimeP10: Duration
  /// Exceeded in half of the cases that complete.
  public var downtimeP50: Duration
  /// Exceeded in 1 of 10 cases that complete.
  public var downtimeP90: Duration
  /// The share of cases in which it does not complete.
  public var probabilityOfNotConverging: Ratio
  /// Bytes on the wire.
  public var bytesTransferred: ByteCount
  /// Passes over memory, disks not counted.
  public var roundCount: Int
  /// The passes one by one, runs of like passes folded into one.
  public var rounds: [MigrationRound]
  /// Where the time goes.
  public var phases: MigrationPhases
  /// The bandwidth it was forecast for, in guest data per second.
  public var bandwidth: DataRate
  /// What the pause consists of; `nil` where there is none or it was not taken apart.
  public var pause: PauseParts?
  /// What would help; only for outcomes that do not complete by themselves.
  public var remedies: ConvergenceRemedies?

  /// A forecast.
  public init(
    mode: MigrationMode, outcome: ConvergenceOutcome, completes: Bool, duration: Duration?,
    durationP10: Duration? = nil, durationP50: Duration? = nil, durationP90: Duration? = nil,
    downtime: Duration, downtimeP10: Duration? = nil, downtimeP50: Duration? = nil,
    downtimeP90: Duration? = nil, probabilityOfNotConverging: Ratio? = nil,
    bytesTransferred: ByteCount, roundCount: Int = 0, rounds: [MigrationRound] = [],
    phases: MigrationPhases = .init(), bandwidth: DataRate, pause: PauseParts? = nil,
    remedies: ConvergenceRemedies? = nil
  ) {
    self.mode = mode
    self.outcome = outcome
    self.completes = completes
    self.duration = duration
    self.durationP10 = durationP10 ?? duration
    self.durationP50 = durationP50 ?? duration
    self.durationP90 = durationP90 ?? duration
    self.downtime = downtime
    self.downtimeP10 = downtimeP10 ?? downtime
    self.downtimeP50 = downtimeP50 ?? downtime
    self.downtimeP90 = downtimeP90 ?? downtime
    self.probabilityOfNotConverging = probabilityOfNotConverging ?? (completes ? .zero : .one)
    self.bytesTransferred = bytesTransferred
    self.roundCount = roundCount
    self.rounds = rounds
    self.phases = phases
    self.bandwidth = bandwidth
    self.pause = pause
    self.remedies = remedies
  }
}

/// Where a migration's time goes.
public struct MigrationPhases: Hashable, Sendable {
  /// Orchestration, or shutting the guest down, before the transfer.
  public var before: Duration
  /// Copying local disks.
  public var disks: Duration
  /// Copying memory, the pause included.
  public var memory: Duration
  /// Orchestration, or booting, after the transfer.
  public var after: Duration
  /// The first pass over memory alone.
  public var firstPass: Duration

  /// The phases; by default nothing.
  public init(
    before: Duration = .zero, disks: Duration = .zero, memory: Duration = .zero, after: Duration = .zero,
    firstPass: Duration = .zero
  ) {
    self.before = before
    self.disks = disks
    self.memory = memory
    self.after = after
    self.firstPass = firstPass
  }
}
