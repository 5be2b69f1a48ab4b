import EvacuationModel
import Quantities
import Testing

@testable import PlanStore

@Suite struct `Entries of a store` {
  private func filled(_ place: TemporaryStore) throws -> PlanStore {
    let store = try place.open()
    for number in [2, 0, 1] { try store.save(.small(number), with: [.inventory, .policy]) }
    for step in ["m001", "m002"] {
      for number in 0..<2 {
        _ = try store.record(plan: StoredPlan.small(number).record.digest) { _ in
          [.failed(step), .done(step)]
        }
      }
    }
    return store
  }

  @Test func `make the same store elsewhere, and nothing new a second time`() throws {
    let places = [try TemporaryStore(), try TemporaryStore()]
    let entries = try filled(places[0]).everything()
    let copy = try places[1].open()
    #expect(try copy.add(entries) == entries.count)
    #expect(try copy.everything() == entries)
    #expect(try copy.add(entries) == 0)
    #expect(try copy.everything() == entries)
  }

  @Test func `continue what is there`() throws {
    let places = [try TemporaryStore(), try TemporaryStore()]
    let store = try filled(places[0])
    let copy = try places[1].open()
    _ = try copy.add(try store.everything())
    _ = try store.record(plan: StoredPlan.small().record.digest) { _ in [.done("m003")] }
    #expect(try copy.add(try store.everything()) == 1)
    #expect(try copy.everything() == store.everything())
  }

  @Test func `are added all or not at all`() throws {
    let places = [try TemporaryStore(), try TemporaryStore()]
    let digest = StoredPlan.small().record.digest
    let entries = try filled(places[0]).everything()
    let bad: [StoreEntry] = [
      .outcome(plan: digest, sequence: 1, .done("m009")), .outcome(plan: digest, sequence: 99, .done("m001")),
      .outcome(plan: digest, sequence: 0, .done("m001")),
      .outcome(plan: String(repeating: "f", count: 64), sequence: 1, .done("m001")),
      .plan(
        StoredPlan(
          record: StoredPlan.small(7).record, inventory: String(repeating: "7", count: 64), policy: nil,
          calibration: nil, text: "")),
    ]
    for entry in bad {
      let copy = try places[1].open()
      #expect(refusal { _ = try copy.add(entries + [entry]) } == .storeConflict)
      #expect(try copy.everything() == [])
    }
  }
}
