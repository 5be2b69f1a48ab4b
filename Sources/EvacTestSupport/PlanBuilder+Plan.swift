public import EvacuationModel
import Quantities

extension PlanBuilder {
  /// The plan of the steps so far, in one wave.
  public func plan() -> EvacuationPlan {
    EvacuationPlan(
      inventory: InputDigest(name: inventory.name, sha256: String(repeating: "a", count: 64)),
      policy: InputDigest(name: policy.name, sha256: String(repeating: "b", count: 64)),
      platform: inventory.platform, capturedAt: inventory.capturedAt, concurrency: policy.concurrency,
      request: request,
      completeness: unplaced.isEmpty ? .complete : steps.isEmpty ? .impossible : .partial,
      summary: summary, waves: [wave], steps: steps, unplaced: unplaced)
  }

  private var lastEnd: Double { steps.map(\.end.seconds).max() ?? 0 }

  private var wave: Wave {
    Wave(
      number: 1, hosts: request.drain, start: steps.map(\.start).min() ?? .start,
      drained: PlanTime(seconds: lastEnd), maintenanceStart: PlanTime(seconds: lastEnd),
      maintenanceEnd: PlanTime(seconds: lastEnd) + policy.maintenance.durationPerHost)
  }

  private var summary: PlanSummary {
    let window = request.window.duration == nil ? policy.window : request.window
    let confident = window.confidence.fraction > 0.5
    let asked = lastEnd * (confident ? 1.2 : 1)
    func count(_ mode: MigrationMode) -> Int { steps.count { $0.mode == mode } }
    return PlanSummary(
      makespan: Duration(clampingSeconds: lastEnd), makespanP50: Duration(clampingSeconds: lastEnd),
      makespanP90: Duration(clampingSeconds: lastEnd * 1.2),
      lowerBound: steps.compactMap(\.forecast.duration).max() ?? .zero,
      lowerBoundReason: "the longest migration",
      fitsWindow: window.duration.map { asked <= $0.seconds }, live: count(.live), block: count(.block),
      cold: count(.cold), bytesTransferred: steps.map(\.forecast.bytesTransferred).sum(),
      totalDowntime: steps.reduce(.zero) { $0 + $1.forecast.downtime },
      maxDowntime: steps.map(\.forecast.downtime).max() ?? .zero)
  }
}
