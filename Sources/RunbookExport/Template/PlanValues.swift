import EvacuationModel
import Quantities

/// What a template can name. Texts are on one line, with what cannot be seen written out.
enum PlanValues {
  static func of(_ plan: EvacuationPlan, id: String) -> [String: Any] {
    let summary = plan.summary
    let window = plan.request.window
    let runbook = RunbookBuilder.runbook(for: plan)
    let moments = (
      start: window.start, end: window.start?.advanced(by: .start + (window.duration ?? summary.makespan))
    )
    var values: [String: Any] = [
      "id": id, "title": text(ShellRunbook.title(plan)), "platform": plan.platform.rawValue,
      "hosts": plan.hostsToEmpty.map { text($0.name) }, "hosts_text": text(plan.hostsToEmpty.list),
      "inventory": text(plan.inventory.label), "policy": text(plan.policy.label),
      "taken": plan.capturedAt?.readable ?? "", "is_complete": plan.completeness == .complete,
      "completeness": plan.completeness.rawValue, "migrations": summary.migrations, "live": summary.live,
      "block": summary.block, "cold": summary.cold, "has_cold": summary.cold > 0,
      "duration": summary.makespan.text, "duration_p90": summary.makespanP90.text,
      "longest_pause": summary.maxDowntime.text, "total_pause": summary.totalDowntime.text,
      "bytes": summary.bytesTransferred.description,
    ]
    values["window_start"] = moments.start?.readable
    values["window_end"] = moments.end?.readable
    values["window"] = window.duration?.text
    values["fits_window"] = summary.fitsWindow
    values["steps"] = plan.steps.map { step($0, plan) }
    values["batches"] = batches(plan)
    values["staying"] = plan.unplaced.map { staying($0) }
    values["has_staying"] = !plan.unplaced.isEmpty
    values["warnings"] = plan.findings.filter { $0.severity != .note }.map { text($0.message) }
    values["checks"] = titles(runbook, .preChecks)
    values["recovery"] = titles(runbook, .whenStuck)
    return values
  }

  private static func text(_ value: String) -> String { VisibleText.of(value) }

  private static func batches(_ plan: EvacuationPlan) -> [[String: Any]] {
    let byBatch = Dictionary(grouping: plan.steps, by: \.batch)
    return plan.steps.map(\.batch).uniqued().map { batch in
      let steps = byBatch[batch] ?? []
      return [
        "number": batch, "start": clock(steps.map(\.start).min() ?? .start, plan),
        "steps": steps.map { step($0, plan) },
      ]
    }
  }

  private static func step(_ step: PlannedMigration, _ plan: EvacuationPlan) -> [String: Any] {
    let expected = RunbookMigration(step)
    return [
      "step": text(step.id.name), "vm": text(step.vm.name), "platform_id": text(step.guest.platformID ?? ""),
      "mode": step.mode.rawValue, "is_live": step.mode == .live, "is_block": step.mode == .block,
      "is_cold": step.mode == .cold, "is_off": step.guest.state == .stopped, "source": text(step.source.name),
      "destination": text(step.destination.name), "batch": step.batch, "wave": step.wave,
      "start": clock(step.start, plan), "duration": expected.duration.text,
      "duration_p90": expected.durationP90.text, "pause": expected.pause.text,
      "pause_p90": expected.pauseP90.text,
      "limit": WorryRule.limit(for: step).decideAfter.text, "memory": step.guest.memory.description,
      "reasons": text(step.reasons.joined(separator: "; ")),
    ]
  }

  private static func staying(_ guest: UnplacedVirtualMachine) -> [String: Any] {
    ["vm": text(guest.vm.name), "host": text(guest.host.name), "message": text(guest.message)]
  }

  /// The clock where the plan knows its start, else how long after it.
  private static func clock(_ time: PlanTime, _ plan: EvacuationPlan) -> String {
    plan.request.window.start?.advanced(by: time).readable ?? "\((time - .start).text) after the start"
  }

  private static func titles(_ runbook: Runbook, _ kind: RunbookSection.Kind) -> [String] {
    runbook.sections.filter { $0.kind == kind }.flatMap(\.steps).map { text($0.title) }
  }
}
