import EvacuationModel
import RunbookExport

/// What verification found, for people.
struct VerdictView {
  let findings: [Finding]
  let steps: Int
  let paint: Paint

  var text: String {
    let errors = findings.count { $0.severity == .error }
    let shown = findings.map { FindingView.text($0, paint: paint) + "\n" }.joined()
    let verdict =
      errors == 0
      ? paint.good("The plan holds: \(steps) \(steps == 1 ? "step" : "steps") replayed, no violation.")
      : paint.bad("The plan does not hold: \(errors) \(errors == 1 ? "violation" : "violations").")
    return shown + verdict + "\n"
  }
}
