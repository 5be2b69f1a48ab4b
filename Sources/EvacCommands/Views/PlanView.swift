import EvacuationModel
import Quantities
import RunbookExport

/// A plan for people: what it amounts to, then step by step, then who stays and why.
struct PlanView {
  let plan: EvacuationPlan
  let paint: Paint

  var text: String {
    let sections = [
      headline, PlanSummaryView(plan: plan, paint: paint).lines, WavesView(plan: plan, paint: paint).lines,
      steps, UnplacedView(unplaced: staying, shortfalls: plan.shortfalls, paint: paint).lines, remarks,
    ]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// Whole hosts that are left for the next window are named with the window.
  private var staying: [UnplacedVirtualMachine] {
    let left = Set(plan.outlook?.left.map(\.host) ?? [])
    return plan.unplaced.filter { $0.postponed != .nextWindow || !left.contains($0.host) }
  }

  private var headline: [String] {
    if let pattern = plan.request.rolling { return rollingHeadline(pattern) }
    if let restore = plan.request.restore { return homewardHeadline(restore) }
    let hosts = plan.request.drain.map(\.name).joined(separator: ", ")
    let drained = Set(plan.request.drain)
    let gone = Set(plan.steps.lazy.filter { drained.contains($0.source) }.map(\.vm)).count
    let later = plan.unplaced.count { $0.postponed != nil }
    let leaving = gone + plan.unplaced.count
    let verdict =
      switch plan.completeness {
      case .complete: paint.good(leaving > 0 ? "complete" : "empty already, nothing to move")
      case .partial:
        paint.bad(
          "partial: \(gone) of \(leaving) guests leave"
            + (plan.unplaced.count > later ? ", \(plan.unplaced.count - later) cannot" : "")
            + (later > 0 ? ", \(later) later" : ""))
      case .impossible:
        paint.bad("impossible: \(leaving == 1 ? "its guest cannot" : "none of \(leaving) guests can") leave")
      }
    return [paint.strong("Drain \(VisibleText.of(hosts))") + " — \(verdict)", origin]
  }

  private func homewardHeadline(_ restore: RestoreRequest) -> [String] {
    let staying = plan.unplaced.count
    let going = Set(plan.steps.map(\.vm)).subtracting(plan.unplaced.map(\.vm)).count
    let verdict =
      switch plan.completeness {
      case .complete: paint.good(plan.steps.isEmpty ? "everybody is at home" : "complete")
      case .partial: paint.bad("partial: \(going) of \(going + staying) guests go home, \(staying) cannot")
      case .impossible: paint.bad("impossible: none of \(staying) guests can go home")
      }
    return [
      paint.strong("Restore after plan \(VisibleText.of(String(restore.plan.prefix(12))))") + " — \(verdict)",
      origin,
    ]
  }

  private func rollingHeadline(_ pattern: HostPattern) -> [String] {
    let hosts = plan.waves.reduce(0) { $0 + $1.hosts.count }
    let verdict =
      switch plan.completeness {
      case .complete: paint.good("complete: \(hosts) \(hosts == 1 ? "host" : "hosts")")
      case .partial:
        paint.bad("partial: \(hosts) \(hosts == 1 ? "host is" : "hosts are") maintained, not all")
      case .impossible: paint.bad("impossible: no host can be emptied")
      }
    return [
      paint.strong("Maintain \(VisibleText.of(pattern.description)) in turn") + " — \(verdict)", origin,
    ]
  }

  private var origin: String {
    paint.faint(
      VisibleText.of(
        "inventory \(plan.inventory.name) (\(plan.platform.rawValue)), policy \(plan.policy.name)"))
  }

  /// A row a step. Reasons stand below the last of the steps that share them.
  private var steps: [String] {
    guard !plan.steps.isEmpty else { return [] }
    let isRolling = plan.request.rolling != nil || plan.request.restore != nil
    var table = TextTable(
      [("batch", .right), ("start", .right), ("step", .left), ("vm", .left), ("mode", .left)]
        + (isRolling ? [("from", .left)] : []) + [("to", .left), ("takes", .right), ("pause", .right)])
    for step in plan.steps {
      table.add(
        ["\(step.batch)", ClockText.of(step.start), step.id.name, step.vm.name, mode(step)]
          + (isRolling ? [step.source.name] : []) + [
            step.destination.name, (step.end - step.start).text, step.forecast.downtime.text,
          ])
    }
    let lines = table.lines
    let next = plan.steps.dropFirst().map { Optional($0.reasons) } + [nil]
    return [paint.strong(lines.first ?? "")]
      + zip(lines.dropFirst(), zip(plan.steps, next)).flatMap { row, pair in
        [row] + (pair.0.reasons == pair.1 ? [] : pair.0.reasons.flatMap(reason))
      }
  }

  private func reason(_ text: String) -> [String] {
    WrappedText.lines(VisibleText.of(text), indentation: 7).map { paint.faint($0) }
  }

  private func mode(_ step: PlannedMigration) -> String {
    var word = step.mode.rawValue
    if step.usesPostCopy { word += "+post-copy" }
    if step.usesAutoConverge { word += "+throttle" }
    return word
  }

  private var remarks: [String] {
    plan.remarks.flatMap { WrappedText.lines(VisibleText.of($0), indentation: 0) }
      + plan.findings.map { FindingView.text($0, paint: paint) }
  }
}
