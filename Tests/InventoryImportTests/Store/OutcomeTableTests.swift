import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `A table of outcomes` {
  private func read(_ text: String) -> Reading<[ReportedOutcome]> {
    OutcomeTable.read(text, path: "night.csv")
  }

  @Test func `is read with all that a row can say`() throws {
    let text = """
      \u{FEFF}step,result,took,downtime,transferred,reason,kind,at,note
      m001,done,41 s,300 ms,3 GiB,,,2026-12-05T22:00:00+01:00,"easy, this one"
      m002,failed,,,,Timed out,,,
      m003,failed,,,,odd,no_room,,
      m004,started,,,,,,,
      m005,Skipped,,,,,,,

      """
    let outcomes = try #require(read(text).value)
    #expect(outcomes.map(\.step.name) == ["m001", "m002", "m003", "m004", "m005"])
    #expect(outcomes[0].took == .seconds(41) && outcomes[0].downtime == .milliseconds(300))
    #expect(outcomes[0].transferred == .gibibytes(3) && outcomes[0].note == "easy, this one")
    #expect(outcomes[0].at?.iso8601 == "2026-12-05T22:00:00+01:00")
    #expect(outcomes[1].result == .failed(reason: "Timed out", kind: .timeout))
    #expect(outcomes[2].result == .failed(reason: "odd", kind: .noRoom))
    #expect(outcomes[3].result == .started && outcomes[4].result == .skipped)
  }

  @Test func `is refused with everything that is wrong in one pass`() {
    let reading = read(
      "step,result,took,kind,at,colour\n,done,,,,\nm1,dnoe,,,,\nm2,done,41,,,\nm3,failed,,bad,,\nm4,done,,,noon,\n"
    )
    #expect(reading.value == nil)
    #expect(
      reading.findings.map(\.code) == [
        .unknownKey, .missingKey, .badChoice, .badQuantity, .badChoice, .badQuantity,
      ])
    #expect(reading.findings.map(\.place) == ["header", "row 1", "row 2", "row 3", "row 4", "row 5"])
    #expect(reading.findings.allSatisfy { !$0.help.isEmpty })
  }

  @Test(arguments: [
    "", "\n", "step,result\n", "step\nm001\n", "a,b,c\n1,2,3\n", "step,result\n\"m001,done\n",
  ])
  func `that is none is refused`(_ text: String) {
    #expect(read(text).value == nil)
    #expect(read(text).findings.contains { $0.severity == .error })
  }

  @Test(arguments: 0..<40) func `never brings down its reader`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "step", "result", ",", "\n", "\"", "m001", "done", "failed", "\r\n", "41 s", "\u{0}", "é", ";",
    ]
    let text = (0..<60).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    let reading = read("step,result\n" + text)
    #expect(reading.value != nil || reading.findings.contains { $0.severity == .error })
  }
}
