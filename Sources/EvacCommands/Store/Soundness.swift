import EvacuationModel
import InventoryImport
import PlanStore
import RunbookExport

/// Whether a store holds what it says: pages and references, digests, plans that can be read, outcomes of their steps.
struct Soundness {
  /// What is wrong.
  private(set) var findings: [Finding]
  private let path: String
  private var texts = 0
  private var outcomes = 0
  private var steps: [String: Set<PlannedMigration.ID>] = [:]

  /// Checks everything in `store`.
  init(of store: PlanStore) throws(Refusal) {
    path = store.path
    findings = try withStore { () throws(StoreFailure) in try store.damage() }
    // Nothing else can be relied on in a file whose pages are damaged.
    guard findings.isEmpty else { return }
    for entry in try withStore({ () throws(StoreFailure) in try store.everything() }) {
      switch entry {
      case .text(let text): check(text)
      case .plan(let plan): check(plan)
      case .outcome(let plan, _, let outcome): check(outcome, of: plan)
      }
    }
  }

  /// What was looked at.
  var text: String {
    "\(VisibleText.of(path)) is sound. Plans: \(steps.count), outcomes: \(outcomes), files they were made from: \(texts).\n"
  }

  private mutating func check(_ text: StoredText) {
    texts += 1
    if Digest.sha256(Array(text.text.utf8)) != text.digest {
      report("\(text.kind.rawValue) \(text.digest.prefix(12))", "the text has another SHA-256 than its key")
    }
  }

  private mutating func check(_ stored: StoredPlan) {
    let bytes = Array(stored.text.utf8)
    let reading = PlanReader.read(bytes, path: path)
    steps[stored.record.digest] = Set(reading.value?.steps.map(\.id) ?? [])
    let place = "plan \(stored.record.id)"
    guard Digest.sha256(bytes) == stored.record.digest else {
      return report(place, "the text has another SHA-256 than its key")
    }
    guard let plan = reading.value else {
      return report(place, "cannot be read: \(reading.findings.first?.message ?? "")")
    }
    let expected = StoredPlan(
      plan, text: stored.text, digest: stored.record.digest, createdAt: stored.record.createdAt,
      calibration: stored.calibration)
    if expected != stored { report(place, "what the list of plans says of it is not what it holds") }
  }

  private mutating func check(_ outcome: RecordedOutcome, of plan: String) {
    outcomes += 1
    if steps[plan]?.contains(outcome.step) != true {
      report(
        "plan \(plan.prefix(12))", "an outcome is of \(outcome.step), a step that the plan does not have")
    }
  }

  private mutating func report(_ place: String, _ message: String) {
    findings.append(
      Finding(
        .storeConflict, path: path, place: place, message: message,
        help: "something else has written into the file; restore a backup"))
  }
}
