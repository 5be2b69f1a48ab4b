import EvacuationModel
import Quantities
import RunbookExport

/// What a plan amounts to, a line a question.
struct PlanSummaryView {
  let plan: EvacuationPlan
  let paint: Paint

  /// Nothing for a plan that moves nothing: its times would be zeros.
  var lines: [String] {
    let sum = plan.summary
    guard sum.migrations > 0 || sum.rolling != nil else { return [] }
    var lines = [
      line(
        "migrations",
        "\(sum.migrations): \(sum.live) live, \(sum.block) block, \(sum.cold) cold; \(sum.bytesTransferred) to send"
      )
    ]
    if others > 0, sum.rolling == nil {
      lines.append(line("others", "\(others) of these make room on hosts that stay"))
    }
    lines += [
      line("time", "\(sum.makespan.text), in 9 of 10 cases under \(sum.makespanP90.text)"),
      line("at best", "\(sum.lowerBound.text): \(VisibleText.of(sum.lowerBoundReason))"),
      line("pauses", pauses),
    ]
    if let rolling = sum.rolling {
      lines.insert(line("moves", moves(rolling)), at: 1)
      lines.insert(
        line("hosts", "\(rolling.hosts) maintained, at most \(rolling.mostHostsOut) closed at once"), at: 0)
    }
    lines += WindowView(plan: plan, paint: paint).lines.map { line($0.title, $0.value) }
    return lines
  }

  /// Migrations from hosts that are not drained.
  private var others: Int {
    if let restore = plan.request.restore {
      let homes = Set(restore.homes)
      return plan.steps.count { !homes.contains(.init(vm: $0.vm, host: $0.destination)) }
    }
    let drained = Set(plan.request.drain)
    return plan.steps.count { !drained.contains($0.source) }
  }

  private func moves(_ rolling: RollingSummary) -> String {
    "\(rolling.meanMoves.text(places: 2)) a guest, at most \(rolling.mostMoves); no fewer than "
      + "\(rolling.movesLowerBound) in all: \(VisibleText.of(rolling.movesLowerBoundReason))"
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
}
