import EvacTestSupport
import EvacuationModel
import GRDB
import Quantities
import Testing

@testable import PlanStore

@Suite struct `A plan that takes the place of another` {
  /// Of plan `number`, in the place of plan `old`.
  private func plan(_ number: Int, replacing old: Int?) -> StoredPlan {
    let plain = StoredPlan.small(number)
    var record = plain.record
    record.replaces = old.map { StoredPlan.small($0).record.digest }
    return StoredPlan(
      record: record, inventory: plain.inventory, policy: plain.policy, calibration: nil, text: plain.text)
  }

  private func replace(_ old: Int, by new: Int, after: [RecordedOutcome] = [], in store: PlanStore) throws {
    try store.replace(
      StoredPlan.small(old).record, after: after, with: plan(new, replacing: old), texts: [.inventory],
      started: [.done("m001")])
  }

  private func store(_ place: TemporaryStore) throws -> PlanStore {
    let store = try place.open()
    try store.save(.small(1), with: [.inventory, .policy])
    return store
  }

  @Test func `is found from every one before, and has its first outcomes`() throws {
    let store = try store(TemporaryStore())
    #expect(try store.replacement(ofPlan: StoredPlan.small(1).record.digest) == nil)
    try replace(1, by: 2, in: store)
    try replace(2, by: 3, after: [.done("m001")], in: store)
    let newest = plan(3, replacing: 2).record
    #expect(try store.replacement(ofPlan: StoredPlan.small(1).record.digest) == newest)
    #expect(try store.replacement(ofPlan: StoredPlan.small(2).record.digest) == newest)
    #expect(try store.replacement(ofPlan: newest.digest) == nil)
    #expect(try store.outcomes(ofPlan: newest.digest) == [.done("m001")])
  }

  @Test func `leaves the old one without further outcomes or another successor`() throws {
    let store = try store(TemporaryStore())
    try replace(1, by: 2, in: store)
    let old = StoredPlan.small(1).record.digest
    #expect(refusal { _ = try store.record(plan: old) { _ in [.done("m001")] } } == .planReplaced)
    #expect(refusal { try replace(1, by: 3, in: store) } == .planReplaced)
    #expect(try store.record(plan: old) { _ in [] } == [])
    #expect(try store.records().count == 2)
  }

  @Test func `is refused if it does not know what was recorded last`() throws {
    let store = try store(TemporaryStore())
    _ = try store.record(plan: StoredPlan.small(1).record.digest) { _ in [.done("m001")] }
    #expect(refusal { try replace(1, by: 2, in: store) } == .recordedMeanwhile)
    #expect(try store.records().count == 1)
  }

  @Test func `may claim a circle without harm`() throws {
    let store = try store(TemporaryStore())
    _ = try store.add([.plan(plan(2, replacing: 3)), .plan(plan(3, replacing: 2))])
    #expect(try store.replacement(ofPlan: StoredPlan.small(2).record.digest) != nil)
  }

  @Test func `is known as such in a store that was made before stores knew`() throws {
    let place = try TemporaryStore()
    let old = try DatabaseQueue(path: place.path)
    try StoreSchema.migrator.migrate(old, upTo: "plans and outcomes")
    let (one, two) = (StoredPlan.small(1).record.digest, StoredPlan.small(2).record.digest)
    try old.write { db in
      for (digest, text) in [(one, "no JSON"), (two, #"{"request": {"replaces": "\#(one)"}}"#)] {
        try db.execute(
          sql: """
            INSERT OR IGNORE INTO inventories VALUES ('\(StoredText.inventory.digest)', '');
            INSERT INTO plans (digest, created_at, inventory, inventory_name, policy_name, makespan, completeness, steps, text)
              VALUES ('\(digest)', 1, '\(StoredText.inventory.digest)', 'i', 'p', 1, 'complete', 1, '\(text)')
            """)
      }
    }
    try old.close()
    let store = try place.open()
    #expect(try store.replacement(ofPlan: one)?.digest == two)
    #expect(try store.damage() == [])
  }
}
