import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

@Suite struct `Calendars` {
  private static let id = "47f9dc9f46d5"

  @Test func `the window, each batch and each maintenance is an event, in UTC`() throws {
    let text = try #require(
      PlanCalendar.render(SamplePlans.drain(.nova, ids: SamplePlans.uuids), id: Self.id))
    let lines = Self.unfolded(text)
    #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR")
    #expect(
      lines.filter { $0.hasPrefix("UID:") } == [
        "UID:window.47f9dc9f46d5@evac", "UID:batch-1.47f9dc9f46d5@evac", "UID:batch-2.47f9dc9f46d5@evac",
        "UID:maintenance-1.47f9dc9f46d5@evac",
      ])
    // 1 780 000 000 s after 1970 is 2026-05-28 20:26:40 UTC, whatever the zone of the window.
    #expect(lines.contains("DTSTART:20260528T202640Z") && lines.contains("DTEND:20260529T002640Z"))
    #expect(lines.count { $0 == "BEGIN:VEVENT" } == 4 && lines.count { $0 == "END:VEVENT" } == 4)
  }

  @Test func `a plan that does not know its start has no calendar`() {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.request.window.start = nil
    #expect(PlanCalendar.render(plan, id: Self.id) == nil)
  }

  @Test func `500 hostile names come back from their texts, in lines of 75 octets at most`() throws {
    var names = HostileNames(seed: 4)
    var plan = SamplePlans.plan(.nova, steps: [])
    plan.steps = (0..<500).map { index in
      var step = SamplePlans.live("m\(index)", names.next(), id: nil, memory: 1)
      step.batch = index + 1
      return step
    }
    let text = try #require(PlanCalendar.render(plan, id: Self.id))
    let raw = text.components(separatedBy: "\r\n")
    #expect(raw.allSatisfy { $0.utf8.count <= 75 })
    #expect(!raw.joined().unicodeScalars.contains { $0.value < 0x20 })
    let titles = Self.unfolded(text).filter { $0.hasPrefix("SUMMARY:Batch") }.map { Self.value($0) }
    #expect(
      titles == plan.steps.enumerated().map { "Batch \($0 + 1): \(VisibleText.of($1.vm.name))" })
  }

  private static func unfolded(_ text: String) -> [String] {
    text.replacing("\r\n ", with: "").components(separatedBy: "\r\n").filter { !$0.isEmpty }
  }

  /// The text of a SUMMARY, as RFC 5545 3.3.11 reads it.
  private static func value(_ line: String) -> String {
    var result = ""
    var isEscaped = false
    for scalar in line.dropFirst("SUMMARY:".count).unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
