import EvacuationModel
import LogDiagnosis
import Quantities
import Testing

@Suite struct `Answers of query-migrate` {
  @Test func `of a guest under max-bandwidth show the limit and not the link`() throws {
    let bandwidth = try #require(Logs.diagnoses(fixture: "diverging.jsonl").first?.bandwidth)
    #expect(abs(bandwidth.wire / (1082.1 * 125_000) - 1) < 0.01)
    #expect(bandwidth.likeness.hasPrefix("QEMU's default limit of 128 MiB/s"))
  }

  @Test func `of PostgreSQL show a dirty rate that falls with the period`() throws {
    let rates = try #require(Logs.diagnoses(fixture: "diverging.jsonl").first).dirtyRates
    let (short, long) = (try #require(rates.first), try #require(rates.last))
    // 118 MB/s over 1 s and 45 MB/s over 25 s by calc-dirty-rate.
    #expect(abs(short.overSeconds - 1) < 0.2 && abs(short.bytesPerSecond / 118e6 - 1) < 0.1)
    #expect(abs(long.overSeconds - 24.4) < 0.6 && abs(long.bytesPerSecond / 45e6 - 1) < 0.1)
  }

  @Test func `of a guest with few writes say that it converges, and when`() throws {
    let diagnosis = try #require(Logs.diagnoses(fixture: "converging.jsonl").first)
    #expect(diagnosis.verdict == .converges)
    let pass = try #require(diagnosis.firstPass)
    #expect(pass.low > 14 && pass.high < 15.2)
    #expect(diagnosis.remedies == nil)
  }

  @Test func `leave out what auto-converge has slowed`() throws {
    let diagnosis = try #require(Logs.diagnoses(fixture: "auto-converge.jsonl").first)
    #expect(diagnosis.verdict == .converges)
    #expect(diagnosis.dirtyRates.allSatisfy { $0.overSeconds > 1.5 })
    #expect(diagnosis.setbacks > 5)
  }

  @Test func `are read as lines, list, bare objects and behind a prompt alike`() throws {
    let lines = String(decoding: try Logs.fixture("converging.jsonl"), as: UTF8.self).split(separator: "\n")
    let expected = Logs.diagnoses(lines.joined(separator: "\n"))
    let bare = lines.map { String($0.dropFirst(11).dropLast()) }
    #expect(Logs.diagnoses(bare.joined(separator: "")) == expected)
    #expect(Logs.diagnoses("[" + bare.joined(separator: ",\n") + "]") == expected)
    #expect(Logs.diagnoses(lines.map { "10:00:01 \($0)" }.joined(separator: "\n")) == expected)
    let spread = bare.map { $0.replacing(", ", with: ",\n  ") }.joined(separator: "\n\n")
    #expect(Logs.diagnoses(spread) == expected)
  }

  @Test func `that are cut off keep what is whole`() throws {
    let lines = String(decoding: try Logs.fixture("converging.jsonl"), as: UTF8.self).split(separator: "\n")
    let cut = "[" + lines.joined(separator: ",").dropLast(40)
    let reading = LogReader.read(Array(cut.utf8), path: "log")
    #expect(LogDiagnoser.diagnosis(of: try #require(reading.series.first)).samples == lines.count - 1)
    #expect(reading.findings.map(\.code) == [.garbledProgress])
  }

  @Test func `after the switch to post-copy end when the rest has arrived`() throws {
    let text = """
      {"status": "active", "total-time": 10000, "ram": {"total": 4e9, "transferred": 1e9, "remaining": 2.9e9}}
      {"status": "active", "total-time": 20000, "ram": {"total": 4e9, "transferred": 2e9, "remaining": 1.9e9}}
      {"status": "postcopy-active", "total-time": 21000, "ram": {"total": 4e9, "transferred": 2.1e9, "remaining": 2e9}}
      """
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.verdict == .converges)
    #expect(abs(try #require(diagnosis.outlook?.ends).high - 41) < 0.5)
  }
}
