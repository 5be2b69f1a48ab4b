public import EvacuationModel
import Quantities

/// The plan as a document: the source of every other format, and what is kept and compared.
public enum PlanJSON {
  /// `evac.plan/1`, keys sorted, a newline at the end. Seconds are rounded to 1 ms, rates to 1 byte/s;
  /// equal plans give equal bytes.
  public static func encode(_ plan: EvacuationPlan) throws -> String {
    try JSONText.write(PlanObject(plan))
  }

  /// The same with `outcomes` under a key of that name, if there are any; as a plan it reads like the other.
  public static func encode(_ plan: EvacuationPlan, outcomes: [RecordedOutcome]) throws -> String {
    try JSONText.write(PlanObject(plan, outcomes: outcomes))
  }
}

struct PlanObject: Encodable {
  let format = "evac.plan/1"
  fileprivate let inventory: DigestObject
  fileprivate let policy: DigestObject
  let platform: String
  let capturedAt: Nullable<String>
  fileprivate let concurrency: ConcurrencyObject
  fileprivate let request: RequestObject
  let completeness: String
  let summary: SummaryObject
  fileprivate let waves: [WaveObject]
  let steps: [StepObject]
  let unplaced: [UnplacedObject]
  let shortfalls: [ShortfallObject]
  let window: Nullable<WindowObject>
  let remarks: [String]
  let findings: [FindingObject]
  /// Only where something has been recorded, and somebody asks for it.
  let outcomes: [JSONValue]?

  init(_ plan: EvacuationPlan, outcomes: [RecordedOutcome] = []) {
    self.outcomes = outcomes.isEmpty ? nil : outcomes.map { .object(OutcomeObject.fields($0)) }
    inventory = DigestObject(plan.inventory)
    policy = DigestObject(plan.policy)
    platform = plan.platform.rawValue
    capturedAt = Nullable(plan.capturedAt?.iso8601)
    concurrency = ConcurrencyObject(plan.concurrency)
    request = RequestObject(plan.request)
    completeness = plan.completeness.rawValue
    summary = SummaryObject(plan.summary)
    waves = plan.waves.map(WaveObject.init)
    steps = plan.steps.map(StepObject.init)
    unplaced = plan.unplaced.map(UnplacedObject.init)
    shortfalls = plan.shortfalls.map(ShortfallObject.init)
    window = Nullable(plan.outlook.map { WindowObject($0, start: plan.request.window.start) })
    remarks = plan.remarks
    findings = plan.findings.map(FindingObject.init)
  }
}

private struct DigestObject: Encodable {
  let name: String
  let sha256: String

  init(_ digest: InputDigest) {
    name = digest.name
    sha256 = digest.sha256
  }
}

private struct ConcurrencyObject: Encodable {
  let maxConcurrentLiveMigrations: LimitObject
  let maxIncomingPerHost: LimitObject
  let maxConcurrentPerCluster: LimitObject
  let maxConcurrentColdMigrations: LimitObject
  let batching: String

  init(_ limits: ConcurrencyLimits) {
    maxConcurrentLiveMigrations = LimitObject(limit: limits.liveOutboundPerHost)
    maxIncomingPerHost = LimitObject(limit: limits.inboundPerHost)
    maxConcurrentPerCluster = LimitObject(limit: limits.perCluster)
    maxConcurrentColdMigrations = LimitObject(limit: limits.coldOutboundPerHost)
    batching = limits.batching.rawValue
  }
}

private struct LimitObject: Encodable {
  let limit: Limit

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch limit {
    case .atMost(let most): try container.encode(most)
    case .unlimited: try container.encode("unlimited")
    }
  }
}

private struct RequestObject: Encodable {
  let drain: [String]
  let rolling: Nullable<String>
  let seed: UInt64
  let windowSeconds: Nullable<JSONNumber>
  let windowStart: Nullable<String>
  let windowConfidence: JSONNumber
  /// Only plans that replace another have it.
  let replaces: String?
  /// Only ways home have it.
  let restore: RestoreObject?

  init(_ request: EvacuationRequest) {
    drain = request.drain.map(\.name)
    rolling = Nullable(request.rolling?.description)
    seed = request.seed
    windowSeconds = Nullable(request.window.duration.map { JSONNumber($0) })
    windowStart = Nullable(request.window.start?.iso8601)
    windowConfidence = JSONNumber(request.window.confidence)
    replaces = request.replaces
    restore = request.restore.map(RestoreObject.init)
  }
}

private struct RestoreObject: Encodable {
  let plan: String
  let only: String
  let homes: [HomeObject]

  struct HomeObject: Encodable {
    let vm: String
    let host: String
  }

  init(_ restore: RestoreRequest) {
    plan = restore.plan
    only = restore.scope.rawValue
    homes = restore.homes.map { HomeObject(vm: $0.vm.name, host: $0.host.name) }
  }
}

private struct WaveObject: Encodable {
  let wave: Int
  let hosts: [String]
  let startSeconds: JSONNumber
  let drainedSeconds: JSONNumber
  let maintenanceStartSeconds: JSONNumber
  let maintenanceEndSeconds: JSONNumber

  init(_ wave: Wave) {
    self.wave = wave.number
    hosts = wave.hosts.map(\.name)
    startSeconds = JSONNumber(seconds: wave.start.seconds)
    drainedSeconds = JSONNumber(seconds: wave.drained.seconds)
    maintenanceStartSeconds = JSONNumber(seconds: wave.maintenanceStart.seconds)
    maintenanceEndSeconds = JSONNumber(seconds: wave.maintenanceEnd.seconds)
  }
}

struct UnplacedObject: Encodable {
  let vm: String
  let id: String?
  let host: String
  let refusals: [RefusalObject]
  let message: String
  let postponed: Nullable<String>

  struct RefusalObject: Encodable {
    let host: String
    let code: String
    let message: String
  }

  init(_ unplaced: UnplacedVirtualMachine) {
    vm = unplaced.vm.name
    id = unplaced.platformID
    host = unplaced.host.name
    refusals = unplaced.refusals.map {
      RefusalObject(host: $0.host.name, code: $0.code, message: $0.message)
    }
    message = unplaced.message
    postponed = Nullable(unplaced.postponed?.rawValue)
  }
}
