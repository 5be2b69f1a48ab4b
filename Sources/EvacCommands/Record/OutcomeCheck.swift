import EvacuationModel
import Quantities

/// Holds reported outcomes against their plan and what was recorded before.
struct OutcomeCheck {
  private let plan: EvacuationPlan
  private let now: Instant
  private let places: [PlannedMigration.ID: Int]

  /// A check against `plan`; what is reported without a time happens `now`.
  init(_ plan: EvacuationPlan, now: Instant) {
    self.plan = plan
    self.now = now
    places = Dictionary(plan.steps.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// What is new in `reported` after `recorded`, and everything that contradicts. What is known already is no mistake, so
  /// that the same file may be recorded again and again while it grows.
  func new(
    _ reported: [ReportedOutcome], after recorded: [RecordedOutcome]
  ) -> (outcomes: [RecordedOutcome], findings: [Finding]) {
    var progress = PlanProgress(recorded)
    var known = recorded
    var outcomes: [RecordedOutcome] = []
    var findings = reported.filter { places[$0.step] == nil }.map(unknown)
    for report in inOrder(reported) {
      guard let place = places[report.step] else { continue }
      let outcome = report.recorded(now: now)
      guard
        !known.contains(where: { $0.saysTheSame(as: outcome) && (report.at == nil || $0.at == outcome.at) })
      else { continue }
      if let finding = contradiction(report, progress) ?? tooEarly(report, plan.steps[place], progress) {
        findings.append(finding)
      } else {
        outcomes.append(outcome)
        known.append(outcome)
        progress.add(outcome)
      }
    }
    return (outcomes, findings)
  }

  /// In the plan's order, so that a report may name steps in any.
  private func inOrder(_ reported: [ReportedOutcome]) -> [ReportedOutcome] {
    reported.enumerated().sorted { one, other in
      (places[one.element.step] ?? 0, one.offset) < (places[other.element.step] ?? 0, other.offset)
    }.map(\.element)
  }

  private func unknown(_ report: ReportedOutcome) -> Finding {
    Finding(
      .unknownStep, path: report.path, place: report.place.isEmpty ? report.step.name : report.place,
      message: "the plan has no step \(report.step)",
      help: Suggestion.nearest(to: report.step.name, among: plan.steps.map(\.id.name)).map {
        "did you mean `\($0)`?"
      }
        ?? "`evac show` lists the steps")
  }

  private func contradiction(_ report: ReportedOutcome, _ progress: PlanProgress) -> Finding? {
    guard let before = progress.latest(of: report.step) else { return nil }
    switch before.result {
    case .started, .failed: return nil
    case .done, .skipped: break
    }
    let took = before.took.map { " in \($0.text)" } ?? ""
    let when = before.at.readable.map { ", \($0)" } ?? ""
    return finding(
      .contradictoryOutcome, report,
      "\(report.step) is recorded already: \(before.result.name)\(took)\(when)",
      help: "what is recorded stays; check which of the two is right")
  }

  private func tooEarly(
    _ report: ReportedOutcome, _ step: PlannedMigration, _ progress: PlanProgress
  ) -> Finding? {
    if report.result == .skipped { return nil }
    let missing = step.dependsOn.filter { !progress.hasEnded($0) }.map(\.name)
    guard !missing.isEmpty else { return nil }
    return finding(
      .outcomeTooEarly, report,
      "\(report.step) comes after \(missing.joined(separator: ", ")), of which nothing has ended yet",
      help: "record \(missing.count == 1 ? "that one" : "those") first, as done, failed or skipped")
  }

  private func finding(
    _ code: FindingCode, _ report: ReportedOutcome, _ message: String, help: String
  ) -> Finding {
    Finding(
      code, path: report.path, place: report.place.isEmpty ? report.step.name : report.place,
      message: message, help: help)
  }
}
