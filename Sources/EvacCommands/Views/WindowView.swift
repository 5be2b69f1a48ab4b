import EvacuationModel
import Quantities
import RunbookExport

/// How a plan stands in its window, a line a question.
struct WindowView {
  let plan: EvacuationPlan
  let paint: Paint

  var lines: [(title: String, value: String)] {
    guard let window = plan.request.window.duration, let fits = plan.summary.fitsWindow else { return [] }
    let verdict = fits ? paint.good("fits \(window.text)") : paint.bad("does not fit \(window.text)")
    guard let outlook = plan.outlook else { return [("window", verdict)] }
    let share = "ends in time in \(Self.percent(outlook.probability)) of \(outlook.trials) trials"
    var lines = [("window", "\(verdict): \(share)\(failures(outlook))")]
    if let latest = outlook.latestStart {
      lines.append(
        ("start", "no later than \(moment(latest)), to end in time at \(plan.request.window.confidence)"))
    }
    if let point = outlook.pointOfNoReturn {
      lines.append(("no return", "from \(moment(point)) on going back takes longer than going on"))
    }
    if let last = outlook.turnBackBy {
      lines.append(("turn back", "by \(moment(last)), so that all are back before the window closes"))
    }
    for left in outlook.left {
      let guests = left.guests == 1 ? "1 guest" : "\(left.guests) guests"
      lines.append(("left", "\(VisibleText.of(left.host.name)) with \(guests), for the next window"))
    }
    if let reason = outlook.left.first?.reason { lines.append(("because", VisibleText.of(reason))) }
    return lines
  }

  private func failures(_ outlook: WindowOutlook) -> String {
    outlook.meanNotCompleted < 0.005
      ? ""
      : "; on average \(outlook.meanNotCompleted.text(significantDigits: 2)) migrations do not complete"
  }

  /// The clock where the window has one, else the time from its beginning.
  private func moment(_ time: PlanTime) -> String {
    let whole = PlanTime(seconds: time.seconds.rounded(.down))
    if let clock = plan.request.window.start?.advanced(by: whole).readable { return clock }
    return "\((whole - .start).text) into the window"
  }

  /// Trials do not tell thousandths, and "100 %" would promise too much.
  static func percent(_ ratio: Ratio) -> String {
    let whole = (ratio.fraction * 100).rounded()
    if whole >= 100, ratio.fraction < 1 { return "over 99 %" }
    return "\(Ratio.percent(whole))"
  }
}
