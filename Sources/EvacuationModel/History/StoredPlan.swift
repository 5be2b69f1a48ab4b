public import Quantities

/// A file that plans were made from or with, kept whole.
public struct StoredText: Hashable, Sendable {
  /// What it is.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The cluster.
    case inventory
    /// The settings.
    case policy
    /// What a policy names as its calibration.
    case calibration
  }

  /// What it is.
  public let kind: Kind
  /// SHA-256 of the text's UTF-8, in hexadecimal.
  public let digest: String
  /// The file as it was.
  public let text: String

  /// A file.
  public init(kind: Kind, digest: String, text: String) {
    self.kind = kind
    self.digest = digest
    self.text = text
  }
}

/// A plan that is kept, with the digests of what it was made from.
public struct StoredPlan: Hashable, Sendable {
  /// How a list shows it.
  public let record: PlanRecord
  /// The digest of its inventory.
  public let inventory: String
  /// The digest of its policy; `nil` where it was planned under the platform's defaults.
  public let policy: String?
  /// The digest of the policy's calibration, if it names one.
  public let calibration: String?
  /// The plan as JSON.
  public let text: String

  /// A plan as the store has it.
  public init(record: PlanRecord, inventory: String, policy: String?, calibration: String?, text: String) {
    self.record = record
    self.inventory = inventory
    self.policy = policy
    self.calibration = calibration
    self.text = text
  }

  /// A plan with its JSON and the SHA-256 of that.
  public init(
    _ plan: EvacuationPlan, text: String, digest: String, createdAt: Instant, calibration: String? = nil
  ) {
    self.init(
      record: PlanRecord(plan, digest: digest, createdAt: createdAt), inventory: plan.inventory.sha256,
      policy: plan.policy.sha256.isEmpty ? nil : plan.policy.sha256, calibration: calibration, text: text)
  }
}

/// A plan as a list of plans shows it.
public struct PlanRecord: Hashable, Sendable {
  /// SHA-256 of the plan's JSON.
  public var digest: String
  /// When it was made.
  public var createdAt: Instant
  /// The inventory's name.
  public var inventory: String
  /// The policy's name.
  public var policy: String
  /// The hosts to drain, or the pattern of rolling maintenance.
  public var drain: [String]
  /// The pattern of rolling maintenance.
  public var rolling: String?
  /// From its start to the end of the last migration.
  public var makespan: Duration
  /// Whether it does all that was asked.
  public var completeness: EvacuationPlan.Completeness
  /// How many steps it has.
  public var steps: Int
  /// The digest of the plan that it replaces.
  public var replaces: String?

  /// What people call it: enough of the digest to be the only one.
  public var id: String { String(digest.prefix(12)) }

  /// How a list shows `plan`. Times are kept to a millisecond, the moment to a second.
  public init(_ plan: EvacuationPlan, digest: String, createdAt: Instant) {
    self.init(
      digest: digest, createdAt: Instant(secondsSince1970: createdAt.secondsSince1970.rounded(.down)),
      inventory: plan.inventory.name, policy: plan.policy.name, drain: plan.request.drain.map(\.name),
      rolling: plan.request.rolling?.description,
      makespan: Duration(milliseconds: plan.summary.makespan.milliseconds), completeness: plan.completeness,
      steps: plan.steps.count, replaces: plan.request.replaces)
  }

  /// A plan in a list.
  public init(
    digest: String, createdAt: Instant, inventory: String, policy: String, drain: [String], rolling: String?,
    makespan: Duration, completeness: EvacuationPlan.Completeness, steps: Int, replaces: String? = nil
  ) {
    self.digest = digest
    self.createdAt = createdAt
    self.inventory = inventory
    self.policy = policy
    self.drain = drain
    self.rolling = rolling
    self.makespan = makespan
    self.completeness = completeness
    self.steps = steps
    self.replaces = replaces
  }
}
