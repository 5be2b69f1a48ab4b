import EvacuationModel
import Quantities
import RunbookExport

/// A plan for people: what it amounts to, then batch by batch, then who stays and why.
struct PlanView {
  let plan: EvacuationPlan
  let paint: Paint

  var text: String {
    let sections = [headline, summary, steps, unplaced, remarks].filter { !$0.isEmpty }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var headline: [String] {
    let hosts = plan.request.drain.map(\.name).joined(separator: ", ")
    let leaving = plan.summary.migrations + plan.unplaced.count
    let verdict =
      switch plan.completeness {
      case .complete: paint.good("complete")
      case .partial:
        paint.bad("partial: \(plan.summary.migrations) of \(leaving) leave, \(plan.unplaced.count) cannot")
      case .impossible: paint.bad("impossible: none of \(leaving) can leave")
      }
    return [
      paint.strong("Drain \(VisibleText.of(hosts))") + " — \(verdict)",
      paint.faint(
        VisibleText.of(
          "inventory \(plan.inventory.name) (\(plan.platform.rawValue)), policy \(plan.policy.name)")),
    ]
  }

  private var summary: [String] {
    let sum = plan.summary
    var lines = [
      line(
        "migrations",
        "\(sum.migrations): \(sum.live) live, \(sum.block) block, \(sum.cold) cold; \(sum.bytesTransferred) to send"
      ),
      line("time", "\(sum.makespan.text), in 9 of 10 cases under \(sum.makespanP90.text)"),
      line("at best", "\(sum.lowerBound.text): \(VisibleText.of(sum.lowerBoundReason))"),
      line("pauses", pauses),
    ]
    if let window = plan.request.window.duration, let fits = sum.fitsWindow {
      lines.append(
        line("window", fits ? paint.good("fits \(window.text)") : paint.bad("does not fit \(window.text)")))
    }
    return lines
  }

  private var pauses: String {
    guard let longest = plan.steps.max(by: { $0.forecast.downtime < $1.forecast.downtime }),
      longest.forecast.downtime > .zero
    else { return "none" }
    return
      "longest \(longest.forecast.downtime.text) (\(VisibleText.of(longest.vm.name)), \(longest.mode.rawValue)), "
      + "all together \(plan.summary.totalDowntime.text)"
  }

  private func line(_ title: String, _ value: String) -> String {
    paint.faint(title + String(repeating: " ", count: max(1, 12 - title.count))) + value
  }

  /// A row a step, its reasons below it.
  private var steps: [String] {
    guard !plan.steps.isEmpty else { return [] }
    var table = TextTable([
      ("batch", .right), ("start", .right), ("step", .left), ("vm", .left), ("mode", .left), ("to", .left),
      ("takes", .right), ("pause", .right),
    ])
    for step in plan.steps {
      table.add([
        "\(step.batch)", clock(step.start), step.id.name, step.vm.name, mode(step), step.destination.name,
        (step.end - step.start).text, step.forecast.downtime.text,
      ])
    }
    let lines = table.lines
    return [paint.strong(lines.first ?? "")]
      + zip(lines.dropFirst(), plan.steps).flatMap { row, step in
        [row] + step.reasons.map { paint.faint("       \(VisibleText.of($0))") }
      }
  }

  private func mode(_ step: PlannedMigration) -> String {
    var word = step.mode.rawValue
    if step.usesPostCopy { word += "+post-copy" }
    if step.usesAutoConverge { word += "+throttle" }
    return word
  }

  private func clock(_ time: PlanTime) -> String {
    let seconds = Int(min(max(time.seconds, 0), 1e9).rounded())
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "+" + parts.joined(separator: ":")
  }

  private var unplaced: [String] {
    guard !plan.unplaced.isEmpty else { return [] }
    return [paint.strong("Stays")]
      + plan.unplaced.flatMap { entry in
        ["  " + paint.bad(VisibleText.of(entry.message))] + refusals(entry)
      }
  }

  /// Host by host, as far as a screen goes.
  private func refusals(_ entry: UnplacedVirtualMachine) -> [String] {
    let shown = entry.refusals.prefix(8).map {
      "    \(VisibleText.of($0.host.name)): \(VisibleText.of($0.message))"
    }
    let rest = entry.refusals.count - shown.count
    return shown + (rest > 0 ? ["    … and \(rest) more hosts; --json lists them all"] : [])
  }

  private var remarks: [String] {
    let findings = plan.findings.map { FindingView.text($0, paint: paint) }
    return plan.remarks.map { VisibleText.of($0) } + findings
  }
}
