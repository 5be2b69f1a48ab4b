import EvacuationModel
import Quantities

/// The summary says what the steps say, and whether the plan fits its window.
enum SummaryCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    (counts(plan.plan) + times(plan.plan) + traffic(plan.plan)).map(inconsistent) + window(plan)
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

  /// The request's window counts where it has a duration, else the policy's.
  private static func window(_ plan: ResolvedPlan) -> [Finding] {
    let asked = plan.plan.request.window
    let window = asked.duration == nil ? plan.policy.window : asked
    let summary = plan.plan.summary
    guard let duration = window.duration else {
      return summary.fitsWindow == nil ? [] : [inconsistent("says whether a window fits, and there is none")]
    }
    let makespan = window.confidence.fraction > 0.5 ? summary.makespanP90 : summary.makespanP50
    let excess = makespan.seconds - duration.seconds
    var findings: [Finding] = []
    if abs(excess) > Tolerance.duration, summary.fitsWindow != (excess <= 0) {
      findings.append(
        inconsistent(
          "does not say that it \(excess > 0 ? "exceeds" : "fits") its window of \(duration.text)"))
    }
    if excess > Tolerance.duration {
      findings.append(
        Finding.inPlan(
          .outsideWindow, at: "",
          "takes \(makespan.text) at a confidence of \(window.confidence), the window is \(duration.text)",
          help: "drain fewer hosts, raise the limits that bind, or ask for a longer window"))
    }
    return findings
  }

  private static func inconsistent(_ message: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: "summary", message, help: "plan again; do not change numbers of a plan by hand")
  }
}
