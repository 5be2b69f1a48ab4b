public import EvacuationModel
import Quantities

/// A plan for people's calendars: the window, each batch and each maintenance as an event of its own (RFC 5545).
public enum PlanCalendar {
  /// The calendar of `plan`, which the store knows by `id`; `nil` where the plan does not say when it starts. Events
  /// keep their UID as long as the plan is the same, so that importing it again makes no second ones.
  public static func render(_ plan: EvacuationPlan, id: String) -> String? {
    guard let start = plan.request.window.start, let stamp = CalendarText.moment(plan.capturedAt ?? start)
    else {
      return nil
    }
    let events = ([window(plan)].compactMap(\.self) + batches(plan) + maintenances(plan))
      .compactMap { $0.lines(start: start, stamp: stamp, plan: id) }
    let lines =
      [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//evac//runbook//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
      ]
      + events.joined() + ["END:VCALENDAR"]
    return lines.map(CalendarText.folded).joined()
  }

  private static func window(_ plan: EvacuationPlan) -> Event? {
    guard let duration = plan.request.window.duration else { return nil }
    let summary = plan.summary
    return Event(
      key: "window", from: .start, to: .start + duration,
      title: "Maintenance window: \(ShellRunbook.title(plan))",
      lines: [
        "\(summary.migrations) migrations: \(summary.live) live, \(summary.block) block, \(summary.cold) cold.",
        "Expected to take \(summary.makespan.text), in 9 of 10 cases at most \(summary.makespanP90.text).",
        "Inventory \(plan.inventory.label), policy \(plan.policy.label).",
      ] + plan.unplaced.map { "\($0.vm) stays on \($0.host): \($0.message)" }, isBusy: true)
  }

  private static func batches(_ plan: EvacuationPlan) -> [Event] {
    let byBatch = Dictionary(grouping: plan.steps, by: \.batch)
    return plan.steps.map(\.batch).uniqued().map { batch in
      let steps = byBatch[batch] ?? []
      return Event(
        key: "batch-\(batch)", from: steps.map(\.start).min() ?? .start, to: steps.map(\.end).max() ?? .start,
        title: "Batch \(batch): \(steps.map(\.vm.name).joined(separator: ", "))",
        lines: steps.map { step in
          let pause = RunbookMigration(step).pause
          return "\(step.id): \(step.vm) from \(step.source) to \(step.destination), \(step.mode.rawValue), "
            + "takes \(RunbookMigration(step).duration.text), pauses for \(pause.text)"
        }, isBusy: false)
    }
  }

  private static func maintenances(_ plan: EvacuationPlan) -> [Event] {
    plan.waves.filter { $0.maintenanceEnd > $0.maintenanceStart }.map { wave in
      Event(
        key: "maintenance-\(wave.number)", from: wave.maintenanceStart, to: wave.maintenanceEnd,
        title: "Maintenance of \(wave.hosts.list)", lines: ["Wave \(wave.number)."], isBusy: false)
    }
  }
}

/// One event of the calendar.
private struct Event {
  let key: String
  let from: PlanTime
  let to: PlanTime
  let title: String
  let lines: [String]
  /// Only the window keeps people's time: the rest lies inside it.
  let isBusy: Bool

  /// Its content lines; `nil` where its times lie outside the calendar.
  func lines(start: Instant, stamp: String, plan: String) -> [String]? {
    guard let begin = CalendarText.moment(start.advanced(by: from)),
      // An event of no length is refused by some calendars.
      let end = CalendarText.moment(start.advanced(by: max(to, from + .seconds(1))))
    else { return nil }
    return [
      "BEGIN:VEVENT", "UID:\(key).\(plan)@evac", "DTSTAMP:\(stamp)", "DTSTART:\(begin)", "DTEND:\(end)",
      "SUMMARY:\(CalendarText.text([title]))", "DESCRIPTION:\(CalendarText.text(lines))",
      "TRANSP:\(isBusy ? "OPAQUE" : "TRANSPARENT")", "END:VEVENT",
    ]
  }
}
