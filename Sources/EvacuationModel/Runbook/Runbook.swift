public import Quantities

/// What an operator does, in order, with what to expect and what to do when it does not come. A value:
/// formats render it, nothing in it is escaped or quoted yet.
public struct Runbook: Hashable, Sendable {
  /// What it was made from and for.
  public var header: RunbookHeader
  /// Guests that no step moves; their hosts do not become empty.
  public var staying: [UnplacedVirtualMachine]
  /// Errors and warnings of the plan.
  public var findings: [Finding]
  /// The work, in order.
  public var sections: [RunbookSection]

  /// A runbook.
  public init(
    header: RunbookHeader, staying: [UnplacedVirtualMachine] = [], findings: [Finding] = [],
    sections: [RunbookSection]
  ) {
    self.header = header
    self.staying = staying
    self.findings = findings
    self.sections = sections
  }
}

/// What a runbook was made from and for.
public struct RunbookHeader: Hashable, Sendable {
  /// The inventory.
  public var inventory: InputDigest
  /// The policy.
  public var policy: InputDigest
  /// The platform whose commands it gives.
  public var platform: Platform
  /// When the inventory was taken.
  public var capturedAt: Instant?
  /// The age of the inventory beyond which the runbook is not to be used.
  public var ageLimit: Duration
  /// What was asked: hosts, window, seed.
  public var request: EvacuationRequest
  /// How many migrations at once.
  public var concurrency: ConcurrencyLimits
  /// Whether every host becomes empty.
  public var completeness: EvacuationPlan.Completeness
  /// The plan in a few numbers.
  public var summary: PlanSummary

  /// The header of a runbook for `plan`.
  public init(plan: EvacuationPlan, ageLimit: Duration) {
    inventory = plan.inventory
    policy = plan.policy
    platform = plan.platform
    capturedAt = plan.capturedAt
    self.ageLimit = ageLimit
    request = plan.request
    concurrency = plan.concurrency
    completeness = plan.completeness
    summary = plan.summary
  }
}

/// A part of the work that is finished before the next one begins.
public struct RunbookSection: Hashable, Sendable {
  /// What the section is for.
  public enum Kind: Hashable, Sendable {
    /// Before anything is touched.
    case preChecks
    /// No more arrivals on the hosts of a wave.
    case closeHosts(wave: Int)
    /// The migrations of a batch.
    case batch(wave: Int, batch: Int)
    /// Whether the hosts of a wave are empty.
    case hostsEmpty(wave: Int)
    /// The maintenance itself.
    case maintenance(wave: Int)
    /// Arrivals again.
    case openAgain(wave: Int)
    /// Guests back to where they were.
    case wayBack
    /// What to do when a migration hangs.
    case whenStuck
  }

  /// What the section is for.
  public var kind: Kind
  /// Its heading.
  public var title: String
  /// What to know before the first step.
  public var remarks: [String]
  /// Go or no-go: if one of these fails, the section is not begun.
  public var checksBefore: [RunbookStep]
  /// The work.
  public var steps: [RunbookStep]
  /// What must hold before the next section.
  public var checksAfter: [RunbookStep]

  /// A section.
  public init(
    kind: Kind, title: String, remarks: [String] = [], checksBefore: [RunbookStep] = [],
    steps: [RunbookStep] = [], checksAfter: [RunbookStep] = []
  ) {
    self.kind = kind
    self.title = title
    self.remarks = remarks
    self.checksBefore = checksBefore
    self.steps = steps
    self.checksAfter = checksAfter
  }
}
