import EvacuationModel
import Foundation
import LogDiagnosis
import Quantities
import Testing

@Suite struct `Outputs of domjobinfo` {
  @Test func `of a guest that rewrites its memory in each pass say what ends it`() throws {
    let diagnosis = try #require(Logs.diagnoses(fixture: "domjobinfo-busy.txt").first)
    #expect(diagnosis.verdict == .doesNotConverge)
    #expect(diagnosis.setbacks == 3)
    #expect(abs(try #require(diagnosis.zeroShare).share.fraction - 0.5) < 0.01)
    let pause = try #require(diagnosis.remedies?.pauseNeeded)
    #expect(pause.low > 2.5 && pause.high < 4.6)
  }

  @Test func `of one moment show the rate and its period by the expected downtime`() throws {
    let text = String(decoding: try Logs.fixture("domjobinfo-busy.txt"), as: UTF8.self)
    let block = try #require(text.components(separatedBy: "### ").dropFirst(3).first)
    let diagnosis = try #require(Logs.diagnoses(block).first)
    #expect(abs(try #require(diagnosis.bandwidth).wire / (43.807 * 1_048_576) - 1) < 0.01)
    #expect(abs(try #require(diagnosis.dirtyRates.first).overSeconds - 4.34) < 0.05)
    #expect(diagnosis.verdict != .converged)
  }

  @Test func `of a completed migration tell its pause`() throws {
    let text = """
      Job type:         Completed
      Time elapsed:     18180        ms
      Data processed:   1.930 GiB
      Memory processed: 1.930 GiB
      Memory remaining: 0.000 B
      Memory total:     8.125 GiB
      Memory bandwidth: 110.000 MiB/s
      Constant pages:   1622671
      Normal pages:     505934
      Total downtime:   61           ms
      """
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.ending == .completed && diagnosis.verdict == .converged)
    #expect(diagnosis.downtime == .milliseconds(61))
  }
}

@Suite struct `Outputs of info migrate` {
  @Test func `are read like query-migrate`() throws {
    let text = """
      Migration status: active
      total time: 130874 ms
      expected downtime: 1475 ms
      transferred ram: 18197383 kbytes
      throughput: 866.83 mbps
      remaining ram: 376892 kbytes
      total ram: 8388864 kbytes
      duplicate: 1678265 pages
      normal: 4536795 pages
      dirty sync count: 6
      page size: 4 kbytes
      dirty pages rate: 39044 pages
      """
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.source == .infoMigrate)
    #expect(diagnosis.passes == 6)
    #expect(abs(try #require(diagnosis.bandwidth).wire - 866.83e6 / 8) < 1)
    #expect(abs(try #require(diagnosis.dirtyRates.first).bytesPerSecond - 39044 * 4096) < 1)
  }
}

@Suite struct `Proxmox task logs` {
  @Test func `with what remains show bandwidth, zero pages and the first pass`() throws {
    let diagnoses = try Logs.diagnoses(fixture: "proxmox-2015.log")
    #expect(diagnoses.map(\.vm) == ["116", "123"])
    #expect(diagnoses.map(\.verdict) == [.converged, .converged])
    let slow = try #require(diagnoses.last)
    #expect(abs(try #require(slow.bandwidth).wire / 70e6 - 1) < 0.03)
    #expect(slow.downtime == .milliseconds(54))
    #expect(try #require(slow.firstPass).high < 16)
  }

  @Test func `without what remains do not pretend to know the first pass`() throws {
    let diagnosis = try #require(Logs.diagnoses(fixture: "proxmox.log").first)
    #expect(diagnosis.firstPass == nil && diagnosis.dirtyRates.isEmpty)
    #expect(diagnosis.zeroShare?.scope == .atLeast)
    #expect((300e6...480e6).contains(try #require(diagnosis.bandwidth).wire))
    #expect(diagnosis.unknowns.contains { $0.hasPrefix("what remained after each pass") })
  }

  @Test func `say that a raised limit is what ended it`() throws {
    let text = String(decoding: try Logs.fixture("proxmox.log"), as: UTF8.self).replacing(
      "2025-01-04 00:34:38 average",
      with:
        "2025-01-04 00:34:38 auto-increased downtime to continue migration: 200 ms\n2025-01-04 00:34:38 average"
    )
    let diagnosis = try #require(Logs.diagnoses(text).first)
    #expect(diagnosis.reason.contains("from 100 ms to 200 ms"))
  }
}

@Suite struct `Hostile logs` {
  private static let names = [
    "platform9.log", "domjobinfo-busy.txt", "proxmox.log", "proxmox-2015.log", "auto-converge.jsonl",
  ]

  @Test(arguments: names) func `cut off anywhere do no harm`(_ name: String) throws {
    let bytes = try Logs.fixture(name)
    for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 25)) {
      _ = Logs.diagnoses(Array(bytes[..<end]))
      _ = Logs.diagnoses(Array(bytes[end...]))
    }
  }

  @Test(arguments: names) func `with other digits do no harm`(_ name: String) throws {
    let bytes = try Logs.fixture(name)
    for (seed, digits) in ["0", "9", "99999999999999999999", "-1", "1e308", "", "\u{FF}"].enumerated() {
      var position = 0
      let changed = bytes.flatMap { byte -> [UInt8] in
        guard (48...57).contains(byte) else { return [byte] }
        position += 1
        return (position + seed) % 7 == 0 ? Array(digits.utf8) : [byte]
      }
      for diagnosis in Logs.diagnoses(changed) {
        #expect(diagnosis.bandwidth.map { $0.wire.isFinite && $0.range.high.isFinite } ?? true)
        #expect(diagnosis.dirtyRates.allSatisfy { $0.bytesPerSecond.isFinite && $0.overSeconds.isFinite })
        #expect(diagnosis.firstPass.map { $0.high.isFinite } ?? true)
      }
    }
  }

  @Test(arguments: names) func `with other bytes do no harm`(_ name: String) throws {
    let bytes = try Logs.fixture(name)
    var state: UInt64 = 42
    for _ in 0..<12 {
      var changed = bytes
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        changed[Int(state >> 33) % changed.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      _ = Logs.diagnoses(changed)
    }
  }

  @Test func `without any migration are refused`() {
    for text in ["hello\nworld\n", "{}", "{\"return\": {}}", "Job type:         None\n", "\u{0}\u{1}\u{2}"] {
      #expect(LogReader.read(Array(text.utf8), path: "x").findings.map(\.code) == [.noMigration], "\(text)")
    }
    #expect(LogReader.read([], path: "x").findings.map(\.code) == [.emptyFile])
  }

  @Test func `have each line named that cannot be used`() {
    let text =
      "Migration running for 60 secs, memory 52% remaining; (bytes processed=7, remaining=9, total=0)\n"
    let findings = LogReader.read(Array(("\n" + text).utf8), path: "x").findings
    #expect(findings.first?.description.hasPrefix("x:2: warning[L102]: left out: the total is zero") == true)
    #expect(findings.last?.code == .noMigration)
  }
}
