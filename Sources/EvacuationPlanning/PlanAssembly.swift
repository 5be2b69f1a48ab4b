import EvacuationModel
import MigrationSimulation
import Quantities

/// Puts a schedule into words and numbers: the plan as everybody else sees it.
struct PlanAssembly {
  let cluster: Cluster
  let concurrency: ConcurrencyLimits
  let request: EvacuationRequest
  let moves: [Move]
  let schedule: Schedule
  let bound: (seconds: Double, reason: String)
  let remarks: [String]
  /// What makes it a rolling maintenance; `nil` for a drain.
  var rolling: RollingOutcome?
  var memo: PlanningMemo?

  func plan(
    inventory: InputDigest, policy: InputDigest, unplaced: [UnplacedVirtualMachine]
  ) -> EvacuationPlan {
    let steps = steps()
    let isComplete = unplaced.isEmpty && rolling?.left.isEmpty ?? true
    let isNothing = steps.isEmpty && rolling?.absences.isEmpty ?? true
    let completeness: EvacuationPlan.Completeness =
      isComplete ? .complete : (isNothing ? .impossible : .partial)
    return EvacuationPlan(
      inventory: inventory, policy: policy, platform: cluster.inventory.platform,
      capturedAt: cluster.inventory.capturedAt, concurrency: concurrency, request: request,
      completeness: completeness, summary: summary(steps), waves: waves(), steps: steps, unplaced: unplaced,
      remarks: remarks + (rolling?.remarks ?? []))
  }

  private func steps() -> [PlannedMigration] {
    let width = max(3, String(schedule.moves.count).count)
    let ids = Dictionary(
      schedule.moves.enumerated().map { place, step in (step.move, Self.id(place + 1, width: width)) },
      uniquingKeysWith: { first, _ in first })
    return schedule.moves.map { scheduled in
      let move = moves[scheduled.move]
      let vm = cluster.vm(move.vm)
      return PlannedMigration(
        id: ids[scheduled.move] ?? Self.id(0, width: width), wave: rolling?.wave(of: move.source) ?? 1,
        batch: scheduled.batch, vm: vm.id,
        guest: guest(vm, move), mode: move.decision.mode, usesPostCopy: move.decision.usesPostCopy,
        usesAutoConverge: scheduled.forecast.isThrottled, source: cluster.host(move.source).id,
        destination: cluster.host(move.destination).id, start: PlanTime(seconds: scheduled.start),
        end: PlanTime(seconds: scheduled.end), dependsOn: scheduled.waitedFor.compactMap { ids[$0] }.sorted(),
        bandwidth: DataRate(bytesPerSecond: scheduled.share), forecast: scheduled.forecast,
        reasons: reasons(scheduled, move))
    }
  }

  private static func id(_ number: Int, width: Int) -> PlannedMigration.ID {
    let digits = String(number)
    return .init("m" + String(repeating: "0", count: max(0, width - digits.count)) + digits)
  }

  private func guest(_ vm: VirtualMachine, _ move: Move) -> PlannedGuest {
    let settings = cluster.settings(of: move.vm)
    let isRunning = move.decision.mode != .cold
    let local = vm.disks.filter { cluster.datastores[$0.datastore]?.kind == .local }
    let limits = [
      cluster.policy.network.bandwidthLimitPerMigration, vm.migrationBandwidthLimit ?? .unlimited,
    ]
    let limit = limits.min() ?? .unlimited
    return PlannedGuest(
      platformID: vm.platformID, state: vm.state, memory: vm.memory, copiedDisks: local.map(\.name),
      downtimeLimit: isRunning ? settings.precopy.downtimeLimit.nominal : nil,
      bandwidthLimit: limit < .unlimited ? limit : nil)
  }

  private func reasons(_ scheduled: ScheduledMove, _ move: Move) -> [String] {
    var reasons = move.decision.reasons
    let alone = min(move.capacity, move.decision.demand.mostBandwidth)
    if move.decision.demand.prescribed == nil, scheduled.share > 0, scheduled.share < alone * 0.999 {
      reasons.append("shares its path: never below \(DataRate(bytesPerSecond: scheduled.share))")
    }
    return reasons
  }

  private func summary(_ steps: [PlannedMigration]) -> PlanSummary {
    let spread = MakespanSpread(
      schedule: schedule, batching: concurrency.batching, seed: request.seed, moves: moves,
      rolling: rolling
    ).quantiles(memo)
    let window = request.window.duration == nil ? cluster.policy.window : request.window
    let fits = window.duration.map { (window.confidence.fraction > 0.5 ? spread.p90 : spread.p50) <= $0 }
    var summary = PlanSummary(
      makespan: Duration(clampingSeconds: rolling?.makespan ?? schedule.makespan), makespanP50: spread.p50,
      makespanP90: spread.p90,
      lowerBound: Duration(clampingSeconds: bound.seconds),
      lowerBoundReason: bound.reason,
      fitsWindow: fits,
      live: steps.count { $0.mode == .live }, block: steps.count { $0.mode == .block },
      cold: steps.count { $0.mode == .cold }, bytesTransferred: steps.map(\.forecast.bytesTransferred).sum(),
      totalDowntime: steps.reduce(.zero) { $0 + $1.forecast.downtime },
      maxDowntime: steps.map(\.forecast.downtime).max() ?? .zero)
    summary.rolling = rolling?.summary
    return summary
  }

  private func waves() -> [Wave] {
    if let rolling { return rolling.waves }
    guard !request.drain.isEmpty else { return [] }
    let drained = PlanTime(seconds: schedule.makespan)
    return [
      Wave(
        number: 1, hosts: request.drain, start: .start, drained: drained, maintenanceStart: drained,
        maintenanceEnd: drained + cluster.policy.maintenance.durationPerHost)
    ]
  }
}

extension MigrationForecast {
  fileprivate var isThrottled: Bool {
    if case .convergesThrottled = outcome { true } else { false }
  }
}
