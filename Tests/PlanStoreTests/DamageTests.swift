import EvacuationModel
import Foundation
import Quantities
import Testing

@testable import PlanStore

@Suite struct `A damaged file` {
  private static let whole: [UInt8] = {
    guard let place = try? TemporaryStore() else { return [] }
    // The last to close a store leaves everything in its one file.
    try? fill(place)
    return Array((try? Data(contentsOf: URL(fileURLWithPath: place.path))) ?? Data())
  }()

  private static func fill(_ place: TemporaryStore) throws {
    let store = try place.open()
    for number in 0..<20 {
      try store.save(.small(number), with: [.inventory, .policy])
      let digest = StoredPlan.small(number).record.digest
      _ = try store.record(plan: digest) { _ in (0..<20).map { .done("m\($0)") } }
    }
  }

  /// Opens and reads all there is; whatever is refused must be a failure with a reason.
  private func use(_ bytes: [UInt8]) throws -> [FindingCode] {
    let place = try TemporaryStore()
    try Data(bytes).write(to: URL(fileURLWithPath: place.path))
    var codes: [FindingCode] = []
    do {
      let store = try place.open()
      let uses: [() throws -> Void] = [
        { codes += try store.damage().map(\.code) }, { _ = try store.records() },
        { _ = try store.everything() }, { try store.save(.small(99), with: [.inventory, .policy]) },
        { _ = try store.record(plan: StoredPlan.small(3).record.digest) { _ in [.failed("m001")] } },
      ]
      for use in uses { codes += refusal(use).map { [$0] } ?? [] }
    } catch let failure as StoreFailure {
      codes.append(failure.finding.code)
    }
    return codes
  }

  @Test func `that is whole has nothing wrong with it`() throws {
    #expect(Self.whole.count > 50_000)
    #expect(try use(Self.whole) == [])
  }

  @Test(arguments: 0..<60) func `is a finding wherever the damage is, or does no harm`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = Self.whole
    for _ in 0...Int.random(in: 0..<4, using: &generator) {
      let start = Int.random(in: 0..<bytes.count, using: &generator)
      for offset in start..<min(bytes.count, start + Int.random(in: 1...600, using: &generator)) {
        bytes[offset] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    let permitted: Set<FindingCode> = [.storeDamaged, .storeUnavailable, .storeConflict, .storeTooNew]
    #expect(Set(try use(bytes)).isSubset(of: permitted))
  }

  @Test(arguments: [99, 512, 4095, 4096, 20_000]) func `is a finding where it is cut off`(length: Int) throws
  {
    #expect(try use(Array(Self.whole.prefix(length))).contains { $0 == .storeDamaged })
  }

  @Test func `is a finding where it is something else`() throws {
    for text in ["precious notes\n", String(repeating: "x", count: 100_000)] {
      #expect(try use(Array(text.utf8)) == [.storeDamaged])
    }
  }

  @Test func `is a finding where a page of the data is overwritten`() throws {
    var bytes = Self.whole
    let middle = bytes.count / 4096 / 2 * 4096
    for offset in middle..<middle + 4096 { bytes[offset] = 0xAA }
    #expect(try use(bytes).contains(.storeDamaged))
  }
}
