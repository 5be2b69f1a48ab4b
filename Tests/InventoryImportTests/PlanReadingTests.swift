import EvacuationModel
import InventoryImport
import Quantities
import Testing

@Suite struct `Reading a plan` {
  @Test func `everything that evac writes comes back`() throws {
    let reading = PlanReader.read(try fixture("plan.json"), path: "plan.json")
    let plan = try #require(reading.value)
    #expect(printed(reading.findings) == "")
    #expect(plan.inventory == InputDigest(name: "two-racks", sha256: "aa"))
    #expect(plan.policy == InputDigest(name: "nova-default", sha256: "bb"))
    #expect(plan.platform == .nova)
    #expect(
      plan.concurrency
        == ConcurrencyLimits(
          liveOutboundPerHost: .atMost(2), inboundPerHost: .atMost(4), coldOutboundPerHost: .atMost(3),
          batching: .rolling))
    #expect(
      plan.request
        == EvacuationRequest(
          drain: [.init("compute-01")],
          window: MaintenanceWindow(
            duration: .seconds(14_400), start: Instant(iso8601: "2026-12-05T22:00:00+01:00"),
            confidence: Ratio(0.95)), seed: .max))
    #expect(plan.completeness == .partial)
    #expect(plan.summary.bytesTransferred == ByteCount(bytes: 9_007_199_254_740_993))
    #expect(plan.summary.migrations == 12)
    #expect(plan.waves.first?.maintenanceEnd == PlanTime(seconds: 1812.4))
    #expect(plan.unplaced.first?.refusals.first?.code == "memory")
    #expect(
      plan.findings == [
        Finding(.assumption, path: "x", place: "1:1 vms", message: "m", help: "h")
      ])
  }

  @Test func `a step has its guest, forecast, phases and remedies`() throws {
    let plan = try #require(PlanReader.read(try fixture("plan.json"), path: "plan.json").value)
    let step = try #require(plan.steps.first)
    #expect(
      step.guest
        == PlannedGuest(
          platformID: "5d2c", state: .paused, memory: .gibibytes(16), copiedDisks: ["vdb"],
          downtimeLimit: .milliseconds(500)))
    #expect(step.dependsOn == [.init("m000")])
    #expect(step.forecast.outcome == .convergesThrottled(Ratio(0.3)))
    #expect(step.forecast.roundCount == 4)
    #expect(step.forecast.phases.firstPass == .seconds(18))
    #expect(step.forecast.remedies?.pauseNeeded == nil)
    #expect(step.forecast.remedies?.bandwidthNeeded == DataRate(bytesPerSecond: 2e9))
    #expect(step.usesAutoConverge)
    #expect(!step.usesPostCopy)
  }

  @Test func `a plan in the bare format has sensible defaults`() throws {
    let text = """
      {"format": "evac.plan/1", "inventory": {"name": "i", "sha256": "a"}, "policy": {"name": "p", "sha256": "b"},
       "request": {"drain": ["a"], "rolling": null, "seed": 0}, "completeness": "complete",
       "summary": {"makespan_seconds": 10},
       "steps": [{"id": "m001", "vm": "web", "mode": "cold", "source": "a", "destination": "b",
                  "start_seconds": 2, "end_seconds": 12, "forecast": {"outcome": "not_applicable",
                  "duration_seconds": 10, "downtime_seconds": 10, "rounds": [{}, {}]}}]}
      """
    let plan = try #require(PlanReader.read([UInt8](text.utf8), path: "p").value)
    #expect(plan.platform == .generic)
    #expect(plan.summary.makespanP90 == .seconds(10))
    #expect(plan.summary.fitsWindow == nil)
    #expect(plan.steps.first?.batch == 1)
    #expect(plan.steps.first?.forecast.roundCount == 2)
    #expect(plan.steps.first?.forecast.completes == true)
    #expect(plan.steps.first?.forecast.durationP90 == .seconds(10))
  }

  @Test func `numbers that no plan has are findings`() {
    let text = """
      {"format": "evac.plan/1", "inventory": {"sha256": "a"}, "policy": {"sha256": "b"}, "completeness": "whole",
       "request": {"drain": ["a"], "seed": -1}, "summary": {"makespan_seconds": -3, "live": 1e30},
       "steps": [{"id": "m001", "vm": "web", "mode": "fast", "source": "a", "destination": "b", "end_seconds": 1e999}]}
      """
    let findings = PlanReader.read([UInt8](text.utf8), path: "p").findings
    #expect(
      printed(findings) == """
        p:1:100 completeness: error[I010]: "whole" is not a word that fits here
          help: use one of complete, partial, impossible
        p:2:38 request.seed: error[I007]: the number -1 where a whole number is needed
          help: write a number from 0 on
        p:2:75 summary.makespan_seconds: error[I009]: -3 is out of range
          help: write a number from 0 on
        p:2:87 summary.live: error[I007]: the number 1e30 where a whole number is needed
          help: write a number from 0 on
        p:3:48 steps[0].mode: error[I010]: "fast" is not a word that fits here
          help: use one of live, block, cold
        p:3:106 steps[0].end_seconds: error[I009]: 1e999 is out of range
          help: write a number from 0 on
        """)
  }
}
