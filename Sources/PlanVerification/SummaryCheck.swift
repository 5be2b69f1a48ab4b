import EvacuationModel
import Quantities

/// The summary says what the steps say.
enum SummaryCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    (counts(plan.plan) + times(plan.plan) + traffic(plan.plan)).map(inconsistent)
  }

  private static func counts(_ plan: EvacuationPlan) -> [String] {
    let stated = [
      (MigrationMode.live, plan.summary.live), (.block, plan.summary.block), (.cold, plan.summary.cold),
    ]
    return stated.compactMap { mode, count in
      let steps = plan.steps.count { $0.mode == mode }
      return count == steps ? nil : "counts \(count) \(mode.rawValue) migrations, there are \(steps)"
    }
  }

  private static func times(_ plan: EvacuationPlan) -> [String] {
    let backs = plan.request.rolling == nil ? [] : plan.waves.map(\.maintenanceEnd.seconds)
    let summary = plan.summary
    let makespan = summary.makespan.seconds
    var result: [String] = []
    let ends = plan.steps.map(\.end.seconds) + backs
    let lastEnd = ends.filter(\.isFinite).max() ?? 0
    if abs(makespan - lastEnd) > Tolerance.duration {
      result.append(
        "makespan is \(makespan.text(places: 3)) s, all is over at \(lastEnd.text(places: 3)) s")
    }
    if summary.lowerBound.seconds > makespan + Tolerance.duration {
      result.append("the lower bound is above the makespan")
    }
    if summary.makespanP50 > summary.makespanP90 {
      result.append("the P50 makespan is above the P90 makespan")
    }
    return result
  }

  private static func traffic(_ plan: EvacuationPlan) -> [String] {
    let forecasts = plan.steps.map(\.forecast)
    var result: [String] = []
    let bytes = forecasts.map(\.bytesTransferred).sum()
    if plan.summary.bytesTransferred != bytes {
      result.append("counts \(plan.summary.bytesTransferred.bytes) bytes, the steps send \(bytes.bytes)")
    }
    let pauses = forecasts.map(\.downtime.seconds)
    // Each of the steps' pauses may have been rounded.
    let tolerance = Tolerance.duration * Double(max(1, pauses.count))
    if abs(plan.summary.totalDowntime.seconds - pauses.reduce(0, +)) > tolerance {
      result.append("the total downtime is not the sum of the steps' pauses")
    }
    if abs(plan.summary.maxDowntime.seconds - (pauses.max() ?? 0)) > Tolerance.duration {
      result.append("the longest downtime is not that of any step")
    }
    return result
  }

  private static func inconsistent(_ message: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: "summary", message, help: "plan again; do not change numbers of a plan by hand")
  }
}
