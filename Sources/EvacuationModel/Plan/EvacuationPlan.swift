public import Quantities

/// An input of a plan, named so that it can be recognised again.
public struct InputDigest: Hashable, Sendable {
  /// The name it gives itself.
  public var name: String
  /// SHA-256 of the file's bytes, in hexadecimal.
  public var sha256: String

  /// An input.
  public init(name: String, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

/// Which virtual machine goes where, how, when and why; a value that can be stored, shown, verified and
/// exported by code that has never heard of the planner.
public struct EvacuationPlan: Hashable, Sendable {
  /// Whether the plan does all that was asked.
  public enum Completeness: String, Hashable, Sendable {
    /// Every host to drain becomes empty.
    case complete
    /// Some virtual machines cannot leave; the rest of the plan holds.
    case partial
    /// None can leave.
    case impossible
  }

  /// The inventory it was made from.
  public var inventory: InputDigest
  /// The policy it was made under.
  public var policy: InputDigest
  /// The platform that carries it out.
  public var platform: Platform
  /// When the inventory was taken.
  public var capturedAt: Instant?
  /// How many migrations at once it was made for.
  public var concurrency: ConcurrencyLimits
  /// What was asked.
  public var request: EvacuationRequest
  /// Whether it does all of it.
  public var completeness: Completeness
  /// The plan in a few numbers.
  public var summary: PlanSummary
  /// Hosts out of service together.
  public var waves: [Wave]
  /// The migrations in the order in which an operator carries them out.
  public var steps: [PlannedMigration]
  /// Who stays, and why.
  public var unplaced: [UnplacedVirtualMachine]
  /// Proofs that not all of them can leave, as far as there are any.
  public var shortfalls: [Shortfall]
  /// How it stands in its window; `nil` without a window, or where nobody has looked.
  public var outlook: WindowOutlook?
  /// What planning noticed, in sentences.
  public var remarks: [String]
  /// What verification found.
  public var findings: [Finding]

  /// The hosts that are to be empty at some time: those to drain and not left for later, or those of all waves.
  public var hostsToEmpty: [Host.ID] {
    guard request.rolling == nil else { return waves.flatMap(\.hosts) }
    let left = Set(outlook?.left.map(\.host) ?? [])
    return request.drain.filter { !left.contains($0) }
  }

  /// A plan.
  public init(
    inventory: InputDigest, policy: InputDigest, platform: Platform, capturedAt: Instant? = nil,
    concurrency: ConcurrencyLimits = .init(), request: EvacuationRequest, completeness: Completeness,
    summary: PlanSummary, waves: [Wave], steps: [PlannedMigration],
    unplaced: [UnplacedVirtualMachine], shortfalls: [Shortfall] = [], remarks: [String] = [],
    findings: [Finding] = []
  ) {
    self.inventory = inventory
    self.policy = policy
    self.platform = platform
    self.capturedAt = capturedAt
    self.concurrency = concurrency
    self.request = request
    self.completeness = completeness
    self.summary = summary
    self.waves = waves
    self.steps = steps
    self.unplaced = unplaced
    self.shortfalls = shortfalls
    outlook = nil
    self.remarks = remarks
    self.findings = findings
  }
}

/// A plan in a few numbers.
public struct PlanSummary: Hashable, Sendable {
  /// From the start to the end of the last migration; of rolling maintenance, to the end of the last maintenance
  /// too.
  public var makespan: Duration
  /// Exceeded in half of the cases.
  public var makespanP50: Duration
  /// Exceeded in 1 of 10 cases.
  public var makespanP90: Duration
  /// No plan can be shorter.
  public var lowerBound: Duration
  /// What makes the bound: a host's slots, a link, the longest migration.
  public var lowerBoundReason: String
  /// Whether the makespan at the window's confidence fits; `nil` without a window.
  public var fitsWindow: Bool?
  /// Migrations by mode.
  public var live: Int
  /// Migrations by mode.
  public var block: Int
  /// Migrations by mode.
  public var cold: Int
  /// Bytes on the wire.
  public var bytesTransferred: ByteCount
  /// What rolling maintenance amounts to; `nil` for a drain.
  public var rolling: RollingSummary?
  /// All pauses together.
  public var totalDowntime: Duration
  /// The longest pause of one guest.
  public var maxDowntime: Duration

  /// All migrations.
  public var migrations: Int { live + block + cold }

  /// A summary.
  public init(
    makespan: Duration, makespanP50: Duration, makespanP90: Duration, lowerBound: Duration,
    lowerBoundReason: String, fitsWindow: Bool?, live: Int, block: Int, cold: Int,
    bytesTransferred: ByteCount, totalDowntime: Duration, maxDowntime: Duration
  ) {
    self.makespan = makespan
    self.makespanP50 = makespanP50
    self.makespanP90 = makespanP90
    self.lowerBound = lowerBound
    self.lowerBoundReason = lowerBoundReason
    self.fitsWindow = fitsWindow
    self.live = live
    self.block = block
    self.cold = cold
    self.bytesTransferred = bytesTransferred
    rolling = nil
    self.totalDowntime = totalDowntime
    self.maxDowntime = maxDowntime
  }
}

/// Rolling maintenance in a few numbers.
public struct RollingSummary: Hashable, Sendable {
  /// Hosts that are maintained.
  public var hosts: Int
  /// The most hosts that are closed at once, from their first departure to the end of their maintenance.
  public var mostHostsOut: Int
  /// Migrations of one guest, on average over all guests of the maintained hosts.
  public var meanMoves: Double
  /// Migrations of one guest at most.
  public var mostMoves: Int
  /// No plan needs fewer migrations.
  public var movesLowerBound: Int
  /// What makes that bound.
  public var movesLowerBoundReason: String

  /// A summary.
  public init(
    hosts: Int, mostHostsOut: Int, meanMoves: Double, mostMoves: Int, movesLowerBound: Int,
    movesLowerBoundReason: String
  ) {
    self.hosts = hosts
    self.mostHostsOut = mostHostsOut
    self.meanMoves = meanMoves
    self.mostMoves = mostMoves
    self.movesLowerBound = movesLowerBound
    self.movesLowerBoundReason = movesLowerBoundReason
  }
}

/// Hosts that are out of service together.
public struct Wave: Hashable, Sendable {
  /// Counted from 1.
  public var number: Int
  /// The hosts.
  public var hosts: [Host.ID]
  /// Start of its first migration.
  public var start: PlanTime
  /// All its hosts are empty.
  public var drained: PlanTime
  /// The maintenance itself.
  public var maintenanceStart: PlanTime
  /// The hosts are back.
  public var maintenanceEnd: PlanTime

  /// A wave.
  public init(
    number: Int, hosts: [Host.ID], start: PlanTime, drained: PlanTime, maintenanceStart: PlanTime,
    maintenanceEnd: PlanTime
  ) {
    self.number = number
    self.hosts = hosts
    self.start = start
    self.drained = drained
    self.maintenanceStart = maintenanceStart
    self.maintenanceEnd = maintenanceEnd
  }
}
