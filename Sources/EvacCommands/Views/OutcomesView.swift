import EvacuationModel
import Quantities

/// What has been recorded of a plan, for people, a line each.
struct OutcomesView {
  let outcomes: [RecordedOutcome]
  let paint: Paint

  var text: String {
    guard !outcomes.isEmpty else { return "" }
    var table = TextTable([
      ("recorded", .left), ("step", .left), ("result", .left), ("took", .right), ("", .left),
    ])
    for outcome in outcomes {
      table.add([
        outcome.at.readable ?? "", outcome.step.name, outcome.result.name, outcome.took?.text ?? "–",
        remark(outcome),
      ])
    }
    let lines = table.lines
    return (lines.prefix(1).map(paint.strong) + lines.dropFirst()).joined(separator: "\n") + "\n"
  }

  private func remark(_ outcome: RecordedOutcome) -> String {
    let transfer = outcome.transfer.map { "a transfer of \($0.text)" } ?? ""
    guard case .failed(let reason, let kind) = outcome.result else {
      return [outcome.note, transfer].filter { !$0.isEmpty }.joined(separator: ", ")
    }
    let known = kind == .other ? "" : "\(kind.rawValue.replacing("_", with: " ")): "
    return known + [reason, outcome.note, transfer].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
