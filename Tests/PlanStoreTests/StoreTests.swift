import EvacuationModel
import GRDB
import Quantities
import Testing

@testable import PlanStore

@Suite struct `A store` {
  @Test func `gives back what was put in, in another process's eyes too`() throws {
    let place = try TemporaryStore()
    let plan = StoredPlan.small()
    try place.open().save(plan, with: [.inventory, .policy])
    let store = try place.open()
    #expect(try store.plans(withPrefix: "0EEE") == [plan])
    #expect(try store.text(.inventory, digest: StoredText.inventory.digest) == .inventory)
    #expect(try store.text(.policy, digest: StoredText.inventory.digest) == nil)
    #expect(try store.records().map(\.record) == [plan.record])
    #expect(try store.damage() == [])
  }

  @Test func `keeps a plan once, as it was first`() throws {
    let store = try TemporaryStore().open()
    let plan = StoredPlan.small()
    var later = plan.record
    later.createdAt = Instant(secondsSince1970: 1_900_000_000)
    try store.save(plan, with: [.inventory, .policy])
    try store.save(
      StoredPlan(record: later, inventory: plan.inventory, policy: plan.policy, calibration: nil, text: "x"),
      with: [.inventory, .policy])
    #expect(try store.plans(withPrefix: "") == [plan])
  }

  @Test func `keeps no plan without what it was made from`() throws {
    let store = try TemporaryStore().open()
    #expect(refusal { try store.save(.small(), with: [.policy]) } == .storeConflict)
    #expect(try store.records().isEmpty)
    #expect(try store.text(.policy, digest: StoredText.policy.digest) == nil)
  }

  @Test func `takes a prefix for what it is, whatever characters it has`() throws {
    let store = try TemporaryStore().open()
    for number in 0..<3 { try store.save(.small(number), with: [.inventory, .policy]) }
    #expect(try store.plans(withPrefix: "1e").map(\.record.id) == ["1eeeeeeeeeee"])
    #expect(try store.plans(withPrefix: "").count == 3)
    for prefix in ["%", "_e", "'", "1e%", "x"] { #expect(try store.plans(withPrefix: prefix).isEmpty) }
  }

  @Test func `refuses a text that SQLite would cut off`() throws {
    let store = try TemporaryStore().open()
    let text = StoredText(kind: .policy, digest: StoredText.policy.digest, text: "a\0b")
    #expect(refusal { try store.save(text) } == .storeConflict)
  }

  @Test func `of a newer version is left alone`() throws {
    let place = try TemporaryStore()
    try place.open().write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('something new')") }
    #expect(refusal { _ = try place.open() } == .storeTooNew)
  }

  @Test func `is not made out of another program's database`() throws {
    let place = try TemporaryStore()
    try DatabaseQueue(path: place.path).write { try $0.execute(sql: "CREATE TABLE recipes (name)") }
    #expect(refusal { _ = try place.open() } == .storeUnavailable)
  }

  @Test func `is durable at every commit, and checks references`() throws {
    let store = try TemporaryStore().open()
    let pragmas = ["synchronous", "journal_mode", "foreign_keys"]
    let values = try store.read { db in
      try pragmas.map { try String.fetchOne(db, sql: "PRAGMA \($0)") }
    }
    // 2 is FULL: https://www.sqlite.org/pragma.html#pragma_synchronous
    #expect(values == ["2", "wal", "1"])
  }
}
