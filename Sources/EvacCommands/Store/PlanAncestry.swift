import EvacuationModel
import PlanStore

/// A plan with those it replaces, and what has been recorded of each.
struct PlanAncestry {
  /// One of them.
  struct Entry {
    let stored: StoredPlan
    let plan: EvacuationPlan
    let outcomes: [RecordedOutcome]
  }

  /// The first plan of the night first.
  let entries: [Entry]

  /// `stored` and the plans that it replaces, one after the other.
  init(of stored: StoredPlan, in store: PlanStore) throws(Refusal) {
    var entries: [Entry] = []
    var next: StoredPlan? = stored
    // A file may claim anything of what it replaces, also itself.
    var seen: Set<String> = []
    while let stored = next, seen.insert(stored.record.digest).inserted {
      let plan = try PlanSource.parsed(stored)
      let outcomes = try withStore { () throws(StoreFailure) in
        try store.outcomes(ofPlan: stored.record.digest)
      }
      entries.append(Entry(stored: stored, plan: plan, outcomes: outcomes))
      guard let digest = plan.request.replaces, digest.utf8.count == 64 else { break }
      next = try withStore { () throws(StoreFailure) in try store.plans(withPrefix: digest) }.first
    }
    self.entries = entries.reversed()
  }
}
