import EvacTestSupport
import EvacuationModel
import InventoryImport
import Quantities
import RunbookExport
import Testing

@testable import EvacCommands

@Suite struct `JSON lines of a store` {
  private let entries: [StoreEntry]

  init() throws {
    let inventory = "hosts: \"é\"\n\t# \\ \u{1F} \u{2028}\n"
    let plan = PlanBuilder.small.plan()
    let text = try PlanJSON.encode(plan)
    let digest = Digest.sha256(Array(text.utf8))
    let results: [RecordedOutcome.Result] = [
      .started, .failed(reason: "no \"room\"\n", kind: .noRoom), .done, .skipped,
    ]
    let outcomes = results.enumerated().map { index, result in
      StoreEntry.outcome(
        plan: digest, sequence: index + 1,
        RecordedOutcome(
          step: PlannedMigration.ID("m00\(index)"), result: result,
          took: index == 2 ? .milliseconds(41_234) : nil, transferred: index == 2 ? .gibibytes(3) : nil,
          at: Instant(secondsSince1970: 1_800_000_000.125, utcOffsetSeconds: -12_600), note: "é"))
    }
    entries =
      [
        .text(StoredText(kind: .inventory, digest: Digest.sha256(Array(inventory.utf8)), text: inventory)),
        .plan(
          StoredPlan(plan, text: text, digest: digest, createdAt: Instant(secondsSince1970: 1_800_000_000))),
      ] + outcomes
  }

  private func read(_ text: String) -> Reading<[StoreEntry]> {
    StoreLinesReader.read(Array(text.utf8), path: "plans.jsonl", sha256: Digest.sha256)
  }

  @Test func `come back as they were, and give the same bytes again`() {
    let text = StoreLines.encode(entries)
    #expect(text.split(separator: "\n").count == entries.count + 1)
    let reading = read(text)
    #expect(reading.findings == [])
    #expect(StoreLines.encode(reading.value ?? []) == text)
    // The plan's JSON is rounded to a millisecond, so that the plan itself is compared by its text.
    #expect(reading.value?.dropFirst(2) == entries.dropFirst(2))
  }

  @Test func `are refused where a text was changed`() {
    let text = StoreLines.encode(entries)
    let reading = read(text.replacing("hosts:", with: "hosts;"))
    #expect(reading.value == nil)
    #expect(reading.findings.map(\.code) == [.storeConflict])
    #expect(reading.findings.first?.place.hasPrefix("2:") == true)
  }

  @Test(arguments: 0..<120) func `are entries or findings, never a crash, when bytes change`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var bytes = Array(StoreLines.encode(entries).utf8)
    // Mostly among the outcomes at the end, which no digest protects.
    let from = seed.isMultiple(of: 3) ? 0 : max(0, bytes.count - 900)
    for _ in 0..<(1 + seed % 3) {
      let place = Int.random(in: from..<bytes.count, using: &generator)
      bytes[place] = [0x22, 0x2C, 0x7B, 0x39, 0x0A, 0xFF, 0x2D, 0x65].randomElement(using: &generator) ?? 0
    }
    let reading = StoreLinesReader.read(bytes, path: "plans.jsonl", sha256: Digest.sha256)
    #expect(reading.value != nil || reading.findings.contains { $0.severity == .error })
  }

  @Test func `that are something else are refused by one finding`() {
    for text in ["", "\n\n", "{}", #"{"format":"evac.plan/1"}"# + "\n{}", "hosts:\n- a\n"] {
      #expect(read(text).value == nil)
      #expect(read(text).findings.count == 1, "\(text)")
    }
  }
}
