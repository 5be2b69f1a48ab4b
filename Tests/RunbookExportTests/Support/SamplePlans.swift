import EvacuationModel
import Quantities

/// Plans written by hand, small enough to check the runbooks by eye.
enum SamplePlans {
  /// One host, two batches: a live and a block migration together, then a cold one.
  static func drain(_ platform: Platform, ids: [String?]) -> EvacuationPlan {
    let steps = [
      live("m001", "web-01", id: ids[0], memory: 16),
      block("m002", "db-01", id: ids[1], limits: platform != .nova),
      cold("m003", "legacy", id: ids[2]),
    ]
    return plan(platform, steps: steps)
  }

  static func plan(
    _ platform: Platform, steps: [PlannedMigration], unplaced: [UnplacedVirtualMachine] = [],
    window: MaintenanceWindow = .init(
      duration: .seconds(14400), start: Instant(secondsSince1970: 1_780_000_000, utcOffsetSeconds: 3600)),
    inventory: String = "two-racks"
  ) -> EvacuationPlan {
    let hosts = steps.first.map { [$0.source] } ?? ["compute-01"].map(Host.ID.init)
    return EvacuationPlan(
      inventory: InputDigest(name: inventory, sha256: String(repeating: "ab", count: 32)),
      policy: InputDigest(name: "nightly", sha256: String(repeating: "cd", count: 32)), platform: platform,
      capturedAt: Instant(secondsSince1970: 1_779_955_200),
      concurrency: ConcurrencyLimits(liveOutboundPerHost: .atMost(2)),
      request: EvacuationRequest(drain: hosts, window: window, seed: 7),
      completeness: unplaced.isEmpty ? .complete : .partial,
      summary: PlanSummary(
        makespan: .seconds(400), makespanP50: .seconds(410), makespanP90: .seconds(520),
        lowerBound: .seconds(380), lowerBoundReason: "compute-01 moves two at a time", fitsWindow: true,
        live: steps.count { $0.mode == .live }, block: steps.count { $0.mode == .block },
        cold: steps.count { $0.mode == .cold }, bytesTransferred: .gibibytes(100),
        totalDowntime: .seconds(151), maxDowntime: .seconds(150)),
      waves: [
        Wave(
          number: 1, hosts: hosts, start: .start, drained: PlanTime(seconds: 400),
          maintenanceStart: PlanTime(seconds: 400), maintenanceEnd: PlanTime(seconds: 1600))
      ], steps: steps, unplaced: unplaced)
  }

  static func live(_ id: String, _ vm: String, id platformID: String?, memory: Double) -> PlannedMigration {
    migration(
      id, vm, guest: PlannedGuest(platformID: platformID, memory: .gibibytes(memory)), mode: .live,
      seconds: 24, pause: 0.12, outcome: .converges, start: 0,
      reasons: ["dirties 40 MiB/s, the path carries 954 MiB/s: converges in 3 passes"])
  }

  static func block(_ id: String, _ vm: String, id platformID: String?, limits: Bool) -> PlannedMigration {
    var guest = PlannedGuest(platformID: platformID, memory: .gibibytes(32), copiedDisks: ["vdb"])
    if limits {
      guest.downtimeLimit = .milliseconds(500)
      guest.bandwidthLimit = .mebibytesPerSecond(400)
    }
    var result = migration(
      id, vm, guest: guest, mode: .block, seconds: 180, pause: 0.4,
      outcome: .convergesThrottled(.percent(30)), start: 0,
      reasons: ["80 GiB of vdb travel first", "dirties 700 MiB/s: auto-converge slows it by 30 %"])
    result.usesAutoConverge = true
    result.forecast.phases.disks = .seconds(130)
    return result
  }

  static func cold(_ id: String, _ vm: String, id platformID: String?) -> PlannedMigration {
    var result = migration(
      id, vm, guest: PlannedGuest(platformID: platformID, memory: .gibibytes(8)), mode: .cold, seconds: 150,
      pause: 150, outcome: .notApplicable, start: 185, reasons: ["a CD drive of the host ties it down"])
    result.batch = 2
    result.dependsOn = [.init("m001"), .init("m002")]
    return result
  }

  static func migration(
    _ id: String, _ vm: String, guest: PlannedGuest, mode: MigrationMode, seconds: Double, pause: Double,
    outcome: ConvergenceOutcome, start: Double, reasons: [String] = [], source: String = "compute-01",
    destination: String = "compute-02"
  ) -> PlannedMigration {
    let forecast = MigrationForecast(
      mode: mode, outcome: outcome, completes: true, duration: .seconds(seconds),
      durationP10: .seconds(seconds * 0.9), durationP90: .seconds(seconds * 1.25), downtime: .seconds(pause),
      downtimeP90: .seconds(pause * 2), bytesTransferred: .gibibytes(17), roundCount: 3,
      phases: MigrationPhases(
        before: .seconds(4.5), memory: .seconds(18), after: .seconds(2), firstPass: .seconds(17)),
      bandwidth: .megabytesPerSecond(1000))
    return PlannedMigration(
      id: .init(id), batch: 1, vm: .init(vm), guest: guest, mode: mode, source: .init(source),
      destination: .init(destination), start: PlanTime(seconds: start),
      end: PlanTime(seconds: start + seconds),
      bandwidth: .megabytesPerSecond(1000), forecast: forecast, reasons: reasons)
  }

  static let uuids = [
    "5d2c6a0e-94a1-4c57-9a3b-0f6d2b1c7e01", "5d2c6a0e-94a1-4c57-9a3b-0f6d2b1c7e02",
    "5d2c6a0e-94a1-4c57-9a3b-0f6d2b1c7e03",
  ]
}
