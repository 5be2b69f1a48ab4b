import EvacTestSupport
import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

@Suite struct `The status as JSON` {
  private let start = Instant(secondsSince1970: 1_796_000_000)
  private let outcomes = [
    RecordedOutcome(
      step: "m001", result: .done, took: .seconds(20), at: Instant(secondsSince1970: 1_796_000_020)),
    RecordedOutcome(
      step: "m002", result: .done, transfer: .seconds(3.5), at: Instant(secondsSince1970: 1_796_000_021)),
  ]

  private func object(
    _ outcomes: [RecordedOutcome], window: MaintenanceWindow = .init(), replacedBy newer: String? = nil
  ) throws -> [String: Any] {
    var plan = PlanBuilder.small.plan()
    plan.request.window = window
    let status = PlanStatus(of: plan, after: outcomes, at: Instant(secondsSince1970: 1_796_000_030.25))
    let text = try StatusJSON.encode(status, plan: "3f9a0c1b", replacedBy: newer)
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `counts the steps and names those that may start`() throws {
    let root = try object(outcomes)
    #expect(root["format"] as? String == "evac.status/1")
    #expect(root["plan"] as? String == "3f9a0c1b")
    #expect(root["status"] as? String == "under_way")
    #expect(root["now"] as? String == "2026-11-30T00:53:50.250000Z")
    let counts = try #require(root["counts"] as? [String: Int])
    #expect(
      counts == ["done": 2, "under_way": 0, "failed": 0, "skipped": 0, "waiting": 2, "blocked": 0])
    #expect(root["may_start"] as? [String] == ["m003"])
  }

  @Test func `tells a time that was recorded from one of a transfer, and from none`() throws {
    let steps = try #require(try object(outcomes)["steps"] as? [[String: Any]])
    #expect(steps.map { $0["took_seconds"] as? Double } == [20, nil, nil, nil])
    #expect(steps.map { $0["transfer_seconds"] as? Double } == [nil, 3.5, nil, nil])
    #expect(steps.map { $0["state"] as? String } == ["done", "done", "waiting", "waiting"])
    #expect(steps[2]["band"] is NSNull)
    #expect(steps[0]["end_at"] as? String == "2026-11-30T00:53:40Z")
  }

  @Test func `says whether the window holds, and is null without one`() throws {
    let without = try object(outcomes)
    #expect(without["holds_window"] is NSNull)
    #expect(without["window_ends_at"] is NSNull)
    let ample = try object(outcomes, window: MaintenanceWindow(duration: .seconds(36_000), start: start))
    #expect(ample["holds_window"] as? Bool == true)
    #expect(ample["window_ends_at"] as? String == "2026-11-30T10:53:20Z")
    let narrow = try object(outcomes, window: MaintenanceWindow(duration: .seconds(10), start: start))
    #expect(narrow["holds_window"] as? Bool == false)
  }

  @Test func `names the plan that is carried out instead`() throws {
    #expect(try object([])["replaced_by"] is NSNull)
    #expect(try object([], replacedBy: "0fa56ce188bc")["replaced_by"] as? String == "0fa56ce188bc")
  }
}
