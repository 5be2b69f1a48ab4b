import EvacTestSupport
import EvacuationModel
import GRDB
import Quantities
import Testing

@testable import PlanStore

@Suite struct `Outcomes` {
  private let digest = StoredPlan.small().record.digest

  private func store(_ place: TemporaryStore) throws -> PlanStore {
    let store = try place.open()
    try store.save(.small(), with: [.inventory, .policy])
    return store
  }

  @Test func `come back as they were recorded, in order`() throws {
    let store = try store(TemporaryStore())
    let outcomes: [RecordedOutcome] = [
      .init(step: "m001", result: .started, at: Instant(secondsSince1970: -1.5)), .failed("m001"),
      .done("m001"),
      .init(step: "m002", result: .skipped, at: Instant(secondsSince1970: 0), note: "not tonight"),
    ]
    for outcome in outcomes { #expect(try store.record(plan: digest) { _ in [outcome] } == [outcome]) }
    #expect(try store.outcomes(ofPlan: digest) == outcomes)
    #expect(try store.records().map(\.outcomes) == [outcomes])
  }

  @Test func `are chosen with what was recorded before in view`() throws {
    let store = try store(TemporaryStore())
    _ = try store.record(plan: digest) { _ in [.done("m001")] }
    let new = try store.record(plan: digest) { before in before.isEmpty ? [] : [.done("m002")] }
    #expect(new == [.done("m002")])
  }

  @Test func `are never changed nor deleted`() throws {
    let store = try store(TemporaryStore())
    _ = try store.record(plan: digest) { _ in [.done("m001")] }
    for sql in ["UPDATE outcomes SET took = 1", "DELETE FROM outcomes"] {
      #expect(refusal { try store.write { try $0.execute(sql: sql) } } == .storeConflict, "\(sql)")
    }
    #expect(try store.outcomes(ofPlan: digest) == [.done("m001")])
  }

  @Test func `need their plan`() throws {
    let store = try store(TemporaryStore())
    #expect(
      refusal { _ = try store.record(plan: String(repeating: "f", count: 64)) { _ in [.done("m001")] } }
        == .storeConflict)
  }

  @Test func `of several writers at once are all there`() async throws {
    let place = try TemporaryStore()
    _ = try store(place)
    let (path, digest) = (place.path, digest)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let store = try PlanStore(path: path)
          for number in 0..<25 {
            _ = try store.record(plan: digest) { _ in [.done("w\(writer)-\(number)")] }
          }
        }
      }
      group.addTask {
        let store = try PlanStore(path: path)
        for _ in 0..<50 { _ = try store.records() }
      }
      try await group.waitForAll()
    }
    let steps = Set(try place.open().outcomes(ofPlan: digest).map(\.step))
    #expect(steps.count == 100)
  }

  @Test func `can be recorded by those who make the store at the same moment`() async throws {
    for _ in 0..<20 {
      let place = try TemporaryStore()
      let path = place.path
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<12 {
          group.addTask {
            try PlanStore(path: path).save(.small(number), with: [.inventory, .policy])
          }
        }
        try await group.waitForAll()
      }
      #expect(try place.open().records().count == 12)
    }
  }
}
