import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

@Suite struct `Tables and diagrams of a plan` {
  @Test func `a table has a line for each step and for each guest that stays`() {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.unplaced = [
      UnplacedVirtualMachine(
        vm: .init("gpu-3"), host: .init("compute-01"), refusals: [], message: "a GPU, tied")
    ]
    let rows = Self.rows(StepTable.render(plan))
    #expect(rows.map { $0.count } == [17, 17, 17, 17, 17])
    #expect(
      Array(rows[1].prefix(13)) == [
        "m001", "1", "1", "web-01", SamplePlans.uuids[0], "live", "compute-01", "compute-02",
        "2026-05-28 21:26:40 +01:00", "0", "24", "30", "0.12",
      ])
    #expect(rows[3][15] == "m001 m002")
    #expect(rows[4][3] == "gpu-3" && rows[4][5] == "stays" && rows[4][16] == "a GPU, tied")
  }

  @Test func `500 hostile names come back from a table, and none is a formula`() {
    let plan = Self.hostilePlan(count: 500)
    let rows = Self.rows(StepTable.render(plan))
    #expect(rows.count == 501)
    for (row, step) in zip(rows.dropFirst(), plan.steps) {
      let shown = VisibleText.of(step.vm.name)
      #expect(row.count == 17)
      #expect(row[3] == shown || row[3] == "'" + shown)
      #expect(!row.contains { $0.first.map { "=+-@\t\r".contains($0) } ?? false })
    }
  }

  @Test func `a gantt has a section for each batch, and its labels end where its times begin`() throws {
    let text = PlanGantt.render(SamplePlans.drain(.nova, ids: SamplePlans.uuids))
    #expect(
      text == """
        gantt
            title Empty compute-01
            dateFormat X
            axisFormat %H:%M:%S
            section Batch 1
            m001 web-01 live to compute-02 :1780000000, 1780000024
            m002 db-01 block to compute-02 :active, 1780000000, 1780000180
            section Batch 2
            m003 legacy cold to compute-02 :crit, 1780000185, 1780000335
            section Maintenance
            compute-01 :1780000400, 1780001600

        """)
  }

  @Test func `500 hostile names leave a gantt a gantt`() throws {
    let plan = Self.hostilePlan(count: 500)
    let lines = PlanGantt.render(plan).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let task = try NSRegularExpression(
      pattern: "^    [^:;#,%\"'`<>{}\\[\\]|\\\\]+ :(active, |crit, )?[0-9]+, [0-9]+$")
    let head = ["gantt", "    title Empty src", "    dateFormat X", "    axisFormat %H:%M:%S"]
    #expect(lines.prefix(4).map(String.init) == head)
    for line in lines.dropFirst(4) {
      let whole = NSRange(location: 0, length: line.utf16.count)
      #expect(
        line.hasPrefix("    section ") || task.firstMatch(in: String(line), range: whole) != nil, "\(line)")
    }
    #expect(lines.count { $0.contains(" to ") } == 500)
  }

  private static func hostilePlan(count: Int) -> EvacuationPlan {
    var names = HostileNames(seed: 5)
    let steps = (0..<count).map { index in
      var step = SamplePlans.live("m\(index)", names.next(), id: names.next(), memory: 1)
      step.destination = .init(names.next())
      step.source = .init("src")
      step.reasons = [names.next()]
      return step
    }
    return SamplePlans.plan(.nova, steps: steps)
  }

  /// RFC 4180, read by the letter.
  private static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var (row, cell) = ([String](), "")
    var (isQuoted, wasQuote) = (false, false)
    for scalar in text.unicodeScalars {
      if isQuoted, scalar != "\"" {
        cell.unicodeScalars.append(scalar)
      } else if scalar == "\"" {
        if !isQuoted, wasQuote { cell += "\"" }
        isQuoted.toggle()
        wasQuote = !isQuoted
        continue
      } else if scalar == "," || scalar == "\n" {
        row.append(cell)
        cell = ""
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      } else if scalar != "\r" {
        cell.unicodeScalars.append(scalar)
      }
      wasQuote = false
    }
    return rows
  }
}
