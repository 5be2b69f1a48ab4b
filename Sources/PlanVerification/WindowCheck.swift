import EvacuationModel
import Quantities

/// The plan says rightly whether it fits its window, and its outlook agrees with itself.
enum WindowCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    // The request's window counts where it has a duration, else the policy's.
    let asked = plan.plan.request.window
    let window = asked.duration == nil ? plan.policy.window : asked
    let summary = plan.plan.summary
    guard let duration = window.duration else {
      return summary.fitsWindow == nil ? [] : [inconsistent("says whether a window fits, and there is none")]
    }
    let end = end(of: plan.plan, at: window.confidence)
    let excess = end.seconds - duration.seconds
    var findings = plan.plan.outlook.map { outlook($0, window, duration, summary) } ?? []
    if abs(excess) > Tolerance.duration, summary.fitsWindow != (excess <= 0) {
      findings.append(
        inconsistent("does not say that it \(excess > 0 ? "exceeds" : "fits") its window of \(duration.text)")
      )
    }
    if excess > Tolerance.duration {
      findings.append(
        Finding.inPlan(
          .outsideWindow, at: "",
          "takes \(end.text) at a confidence of \(window.confidence), the window is \(duration.text)",
          help: "drain fewer hosts, raise the limits that bind, or ask for a longer window"))
    }
    return findings
  }

  /// The outlook's end at that confidence; without one the nearer of the two quantiles that the summary has.
  private static func end(of plan: EvacuationPlan, at confidence: Ratio) -> Duration {
    if let outlook = plan.outlook { return outlook.endAtConfidence ?? Duration(clampingSeconds: .infinity) }
    return confidence.fraction > 0.5 ? plan.summary.makespanP90 : plan.summary.makespanP50
  }

  private static func outlook(
    _ outlook: WindowOutlook, _ window: MaintenanceWindow, _ duration: Duration, _ summary: PlanSummary
  ) -> [Finding] {
    var messages: [String] = []
    let latest = outlook.endAtConfidence.map { (duration - $0).seconds }.flatMap { $0 >= 0 ? $0 : nil }
    if let latest, abs((outlook.latestStart?.seconds ?? -.infinity) - latest) > Tolerance.duration {
      messages.append("the latest start is not what the window leaves beside the end at its confidence")
    }
    if latest == nil, outlook.latestStart != nil {
      messages.append("names a latest start and does not end within the window")
    }
    if summary.fitsWindow == true, outlook.probability.fraction < window.confidence.fraction - 1e-9 {
      messages.append(
        "is said to fit, with a probability of \(outlook.probability) where \(window.confidence) is asked for"
      )
    }
    if let end = outlook.endP90, abs(end.seconds - summary.makespanP90.seconds) > Tolerance.duration {
      messages.append("the P90 end is not the summary's P90 makespan")
    }
    return messages.map(inconsistent)
  }

  private static func inconsistent(_ message: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: "summary", message, help: "plan again; do not change numbers of a plan by hand")
  }
}
