import EvacuationModel
import Quantities

/// Where a plan is, for people.
struct StatusView {
  let status: PlanStatus
  let id: String
  /// The plan that is carried out instead.
  let newer: String?
  let paint: Paint

  var text: String {
    let sections = [head, times, steps, next]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var head: [String] {
    let words = PlanStatus.State.allCases.compactMap { state in
      let count = status.count(state)
      return count > 0 ? "\(count) \(word(state))" : nil
    }
    return [
      paint.strong("Plan \(id), \(status.now.readable ?? "")"),
      words.isEmpty ? "no steps" : "of \(status.steps.count) steps " + words.joined(separator: ", "),
    ]
  }

  private var times: [String] {
    guard !status.steps.isEmpty else { return [] }
    var lines = [line("begun", status.begun?.readable ?? "not yet")]
    lines.append(line("pace", pace))
    lines.append(line("end", "\(status.expectedEnd.readable ?? ""), \(delay)"))
    if status.status != .done {
      lines.append(line("", "in 9 of 10 cases by \(status.expectedEndP90.readable ?? "")"))
    }
    if let closes = status.windowEnd, let holds = status.holdsWindow {
      let room = closes.secondsSince1970 - status.expectedEndP90.secondsSince1970
      let spare = Duration(clampingSeconds: abs(room)).text
      lines.append(
        line(
          "window",
          "closes \(closes.readable ?? ""); "
            + (holds ? paint.good("holds") : paint.bad("does not hold"))
            + (room < 0 ? ", \(spare) short in 1 of 10 cases" : ", \(spare) to spare in 9 of 10 cases")))
    }
    return lines
  }

  private var pace: String {
    let pace = status.pace
    guard pace.measured > 0 else { return "nothing measured yet" }
    let outside = [(Pace.Band.below, "faster"), (.above, "slower")].compactMap { band, word in
      pace.bands[band].map { "\($0) \(word)" }
    }
    return "\(pace.factor.text(places: 2)) times the forecasts; "
      + (["\(pace.bands[.inside] ?? 0) of \(pace.measured) between P10 and P90"] + outside)
      .joined(separator: ", ")
  }

  private var delay: String {
    let delay = status.delay
    if abs(delay.seconds) < 1 { return "as planned" }
    return delay > .zero
      ? "\(delay.text) later than planned" : "\(Duration(clampingSeconds: -delay.seconds).text) ahead"
  }

  private var steps: [String] {
    guard !status.steps.isEmpty else { return [] }
    var table = TextTable([
      ("step", .left), ("guest", .left), ("to", .left), ("state", .left), ("P10", .right), ("P90", .right),
      ("took", .right), ("ends", .left), ("", .left),
    ])
    for step in status.steps {
      let forecast = step.step.forecast
      table.add([
        step.step.id.name, step.step.vm.name, step.step.destination.name, word(step.state),
        forecast.durationP10?.text ?? "–", forecast.durationP90?.text ?? "–",
        took(step), step.end.flatMap(clock) ?? "–", remark(step),
      ])
    }
    return table.lines.enumerated().map { $0.offset == 0 ? paint.strong($0.element) : $0.element }
  }

  /// Of what only the transfer is known, that with the platform's part around it as forecast.
  private func took(_ step: PlanStatus.Step) -> String {
    guard let outcome = step.outcome else { return "–" }
    if let took = outcome.took { return took.text }
    return outcome.whole(step.step.forecast).map { "≈ \($0.text)" } ?? "–"
  }

  private func remark(_ step: PlanStatus.Step) -> String {
    if case .failed(let reason, _) = step.outcome?.result { return reason }
    if step.isOverdue { return "overdue" }
    switch step.band {
    case .above: return "slower than P90"
    case .below: return "faster than P10"
    case .inside, nil: return ""
    }
  }

  private var next: [String] {
    if let newer { return ["Plan \(newer) has taken its place: evac status \(newer)"] }
    let ready = status.steps.filter(\.mayStart).map(\.step.id.name)
    var lines = ready.isEmpty ? [] : ["May start now: \(ready.joined(separator: ", "))."]
    if status.count(.failed) + status.count(.blocked) > 0 {
      lines.append("Plan again what failed and what waits for it: evac replan \(id)")
    }
    return lines
  }

  /// The time of day: the day is in the lines above.
  private func clock(_ instant: Instant) -> String? {
    instant.readable.map { String($0.dropFirst(11).prefix(8)) }
  }

  private func word(_ state: PlanStatus.State) -> String { state.rawValue.replacing("_", with: " ") }

  private func line(_ title: String, _ value: String) -> String {
    paint.faint(title + String(repeating: " ", count: max(1, 12 - title.count))) + value
  }
}
