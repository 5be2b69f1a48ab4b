import EvacuationModel
import Quantities

/// Before anything is touched.
enum PreCheckSection {
  static func section(_ plan: EvacuationPlan, _ commands: any PlatformCommands) -> RunbookSection {
    RunbookSection(
      kind: .preChecks, title: "Checks before anything is touched",
      remarks: ["If one of these fails, stop here. Nothing has been changed yet."],
      steps: [age(of: plan)] + window(of: plan) + commands.preChecks(plan))
  }

  private static func age(of plan: EvacuationPlan) -> RunbookStep {
    let limit = RunbookBuilder.ageLimit.text
    guard let taken = plan.capturedAt?.readable else {
      return RunbookStep(
        "The inventory is fresh", why: ["It does not say when it was taken."],
        doneWhen: "you know that it was taken less than \(limit) ago",
        otherwise: "take a new inventory and plan again")
    }
    return RunbookStep(
      "The inventory is fresh", why: ["It was taken \(taken); guests come and go."],
      doneWhen: "that is less than \(limit) ago", otherwise: "take a new inventory and plan again")
  }

  private static func window(of plan: EvacuationPlan) -> [RunbookStep] {
    let window = plan.request.window
    guard let duration = window.duration else { return [] }
    let summary = plan.summary
    let begin = window.start?.readable.map { "It begins \($0). " } ?? ""
    var steps = [
      RunbookStep(
        "The window is long enough",
        why: [
          "\(begin)It lasts \(duration.text); the migrations take \(summary.makespan.text), "
            + "in 9 of 10 cases at most \(summary.makespanP90.text)."
        ],
        warnings: summary.fitsWindow == false
          ? ["The plan does not fit the window at \(window.confidence) confidence."] : [],
        doneWhen:
          "at least \(WorryRule.roundedUp(summary.makespanP90).text) are left when the first batch starts",
        otherwise: "do not begin")
    ]
    if let step = plan.outlook.flatMap({ goOrStop($0, window) }) { steps.append(step) }
    return steps
  }

  /// By when to begin, and when the question of stopping has been answered.
  private static func goOrStop(_ outlook: WindowOutlook, _ window: MaintenanceWindow) -> RunbookStep? {
    guard let latest = outlook.latestStart else { return nil }
    var why = [
      "At \(window.confidence) confidence the plan ends in time if it starts no later than "
        + "\(moment(latest, window))."
    ]
    if let point = outlook.pointOfNoReturn {
      why.append(
        "If it starts with the window, decide before \(moment(point, window)) whether to stop: from then on"
          + " going back takes longer than going on.")
    }
    if let last = outlook.turnBackBy {
      why.append("After \(moment(last, window)) not all guests can be back before the window closes.")
    }
    return RunbookStep(
      "Latest start, and when to stop or go", why: why,
      doneWhen: "it is not yet \(moment(latest, window)), and everybody knows who decides to stop",
      otherwise: "do not begin: ask for a longer window, or plan fewer hosts")
  }

  private static func moment(_ time: PlanTime, _ window: MaintenanceWindow) -> String {
    let whole = PlanTime(seconds: time.seconds.rounded(.down))
    return window.start?.advanced(by: whole).readable ?? "\((whole - .start).text) into the window"
  }
}
