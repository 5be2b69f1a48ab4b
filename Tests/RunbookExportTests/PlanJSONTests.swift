import EvacuationModel
import Foundation
import Quantities
import RunbookExport
import Testing

@Suite struct `Plans as JSON` {
  typealias Object = [String: Any]

  @Test func `a plan has exactly the keys that are agreed`() throws {
    let root = try Self.object(PlanJSON.encode(SamplePlans.drain(.nova, ids: SamplePlans.uuids)))
    #expect(
      Self.keys(root) == [
        "captured_at", "completeness", "concurrency", "findings", "format", "inventory", "platform", "policy",
        "remarks", "request", "shortfalls", "steps", "summary", "unplaced", "waves", "window",
      ])
    #expect(
      Self.keys(root["concurrency"]) == [
        "batching", "max_concurrent_cold_migrations", "max_concurrent_live_migrations",
        "max_concurrent_per_cluster", "max_incoming_per_host",
      ])
    #expect(
      Self.keys(root["request"]) == [
        "drain", "rolling", "seed", "window_confidence", "window_seconds", "window_start",
      ])
    #expect(
      Self.keys(root["summary"]) == [
        "block", "bytes_transferred", "cold", "fits_window", "live", "lower_bound_reason",
        "lower_bound_seconds", "makespan_p50_seconds", "makespan_p90_seconds", "makespan_seconds",
        "max_downtime_seconds", "migrations", "total_downtime_seconds",
      ])
    #expect(
      Self.keys((root["waves"] as? [Object])?.first) == [
        "drained_seconds", "hosts", "maintenance_end_seconds", "maintenance_start_seconds", "start_seconds",
        "wave",
      ])
  }

  @Test(arguments: [1e306, -1e306, Double.greatestFiniteMagnitude, .infinity, .nan])
  func `a moment that no plan has is still written as a number`(seconds: Double) throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[0].start = PlanTime(seconds: seconds)
    plan.waves[0].drained = PlanTime(seconds: seconds)
    let start = try #require(try Self.steps(plan)[0]["start_seconds"] as? Double)
    #expect(start == (seconds.isFinite ? seconds : 0))
  }

  @Test func `a step has exactly the keys that are agreed`() throws {
    let steps = try Self.steps(SamplePlans.drain(.libvirt, ids: SamplePlans.uuids))
    #expect(
      Self.keys(steps[1]) == [
        "auto_converge", "bandwidth_bytes_per_second", "batch", "depends_on", "destination", "end_seconds",
        "forecast", "guest", "id", "mode", "post_copy", "reasons", "source", "start_seconds", "vm", "wave",
      ])
    #expect(
      Self.keys(steps[1]["guest"]) == [
        "bandwidth_limit_bytes_per_second", "copied_disks", "downtime_limit_seconds", "id", "memory_bytes",
        "state",
      ])
    let forecast = [
      "bytes_transferred", "completes", "downtime_p10_seconds", "downtime_p50_seconds",
      "downtime_p90_seconds", "downtime_seconds", "duration_p10_seconds", "duration_p50_seconds",
      "duration_p90_seconds", "duration_seconds", "outcome", "phases", "probability_of_not_converging",
      "rounds",
    ]
    #expect(Self.keys(steps[0]["forecast"]) == forecast)
    #expect(Self.keys(steps[1]["forecast"]) == forecast + ["throttle"])
    #expect(
      Self.keys((steps[1]["forecast"] as? Object)?["phases"]) == [
        "after_seconds", "before_seconds", "disks_seconds", "first_pass_seconds", "memory_seconds",
      ])
  }

  @Test func `what is not there is null, and what is endless is null or zero`() throws {
    var plan = SamplePlans.drain(.nova, ids: [nil, nil, nil])
    plan.capturedAt = nil
    plan.request.window = .init()
    plan.summary.fitsWindow = nil
    plan.summary.makespan = .seconds(1e15)
    plan.concurrency.liveOutboundPerHost = .unlimited
    plan.steps[0].bandwidth = .unlimited
    plan.steps[0].forecast.bandwidth = DataRate(bytesPerSecond: .nan)
    plan.steps[0].forecast.duration = nil
    plan.steps[0].forecast.outcome = .neverConverges
    plan.steps[0].forecast.remedies = ConvergenceRemedies(
      pauseNeeded: nil, bandwidthNeeded: .unlimited, throttleNeeded: Ratio(.nan),
      postCopyDuration: .seconds(30), postCopyDowntime: .milliseconds(40))
    let root = try Self.object(PlanJSON.encode(plan))
    let request = try #require(root["request"] as? Object)
    #expect(root["captured_at"] is NSNull && request["window_start"] is NSNull)
    #expect(request["window_seconds"] is NSNull && request["rolling"] is NSNull)
    #expect((root["summary"] as? Object)?["fits_window"] is NSNull)
    #expect((root["concurrency"] as? Object)?["max_concurrent_live_migrations"] as? String == "unlimited")
    let step = try #require((root["steps"] as? [Object])?.first)
    #expect(step["bandwidth_bytes_per_second"] as? Double == 0)
    #expect((step["guest"] as? Object)?["id"] is NSNull)
    let forecast = try #require(step["forecast"] as? Object)
    #expect(forecast["duration_seconds"] is NSNull)
    #expect((forecast["remedies"] as? Object)?["pause_needed_seconds"] is NSNull)
    #expect((forecast["remedies"] as? Object)?["post_copy_downtime_seconds"] as? Double == 0.04)
  }

  @Test func `what planning noticed is written sentence by sentence`() throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.remarks = ["one at a time per host is fastest", "\"twice\""]
    #expect(try Self.object(PlanJSON.encode(plan))["remarks"] as? [String] == plan.remarks)
  }

  @Test func `numbers are written to the millisecond and the byte`() throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.steps[0].end = PlanTime(seconds: 31.94449)
    plan.steps[0].bandwidth = DataRate(bytesPerSecond: 1_000_000_000.4)
    let text = try PlanJSON.encode(plan)
    #expect(text.contains("\"end_seconds\" : 31.944,"))
    #expect(text.contains("\"bandwidth_bytes_per_second\" : 1000000000,"))
    #expect(text.contains("\"memory_bytes\" : 17179869184,"))
    #expect(text.contains("\"window_start\" : \"2026-05-28T21:26:40+01:00\""))
    #expect(text.contains("\"captured_at\" : \"2026-05-28T08:00:00Z\""))
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `the same plan gives the same bytes, and any name survives`() throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    let name = "a/\"b\"\\\n\u{1B}\u{2028}\0é🚀"
    plan.steps[0].vm = .init(name)
    #expect(try PlanJSON.encode(plan) == PlanJSON.encode(plan))
    #expect(try Self.steps(plan)[0]["vm"] as? String == name)
  }

  @Test(arguments: [
    (0.0, 0, "1970-01-01T00:00:00Z"), (951_782_400, 0, "2000-02-29T00:00:00Z"),
    (-1, 0, "1969-12-31T23:59:59Z"), (1_780_000_000, -12600, "2026-05-28T16:56:40-03:30"),
    (4_107_542_399, 0, "2100-02-28T23:59:59Z"), (4_107_542_400, 0, "2100-03-01T00:00:00Z"),
  ])
  func `a moment is written in its own zone`(seconds: Double, offset: Int, text: String) throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.capturedAt = Instant(secondsSince1970: seconds, utcOffsetSeconds: offset)
    #expect(try Self.object(PlanJSON.encode(plan))["captured_at"] as? String == text)
  }

  @Test(arguments: [Double.nan, .infinity, 1e300, -1e300])
  func `a moment that no calendar has is null`(seconds: Double) throws {
    var plan = SamplePlans.drain(.nova, ids: SamplePlans.uuids)
    plan.capturedAt = Instant(secondsSince1970: seconds)
    #expect(try Self.object(PlanJSON.encode(plan))["captured_at"] is NSNull)
  }

  @Test func `a forecast lists its passes with how often each repeats`() throws {
    var forecast = SamplePlans.live("m001", "a", id: nil, memory: 1).forecast
    forecast.rounds = [
      MigrationRound(
        round: 2, repeats: 40, start: .seconds(9), duration: .seconds(80), sent: .gibibytes(2),
        remaining: .mebibytes(300), dirtied: .mebibytes(310), throttle: .percent(20))
    ]
    let text = ForecastJSON.encode([(vm: .init("a"), forecast: forecast, reasons: ["why"])])
    let entry = try #require((try Self.object(text)["forecasts"] as? [Object])?.first)
    #expect(
      Self.keys(entry) == [
        "bandwidth_bytes_per_second", "bytes_transferred", "completes", "downtime_p10_seconds",
        "downtime_p50_seconds", "downtime_p90_seconds", "downtime_seconds", "duration_p10_seconds",
        "duration_p50_seconds", "duration_p90_seconds", "duration_seconds", "mode", "outcome", "phases",
        "probability_of_not_converging", "reasons", "rounds", "vm",
      ])
    let round = try #require((entry["rounds"] as? [Object])?.first)
    #expect(
      Self.keys(round) == [
        "dirtied_bytes", "duration_seconds", "remaining_bytes", "repeats", "round", "sent_bytes",
        "start_seconds", "throttle",
      ])
    #expect(round["repeats"] as? Int == 40 && round["throttle"] as? Double == 0.2)
  }

  @Test func `findings keep their order and have all six keys`() throws {
    let text = try FindingsJSON.encode([
      Finding(.syntax, path: "a.yaml", place: "3:1", message: "no", help: "fix"),
      Finding(.assumption, message: "m", help: ""),
    ])
    let root = try Self.object(text)
    let findings = try #require(root["findings"] as? [Object])
    #expect(root["format"] as? String == "evac.findings/1")
    #expect(findings.map { $0["code"] as? String } == ["I003", "I107"])
    #expect(Self.keys(findings[0]) == ["code", "help", "message", "path", "place", "severity"])
  }

  private static func object(_ text: String) throws -> Object {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
  }

  private static func steps(_ plan: EvacuationPlan) throws -> [Object] {
    try #require(try object(PlanJSON.encode(plan))["steps"] as? [Object])
  }

  private static func keys(_ value: Any?) -> [String] {
    ((value as? Object) ?? [:]).keys.sorted()
  }
}
