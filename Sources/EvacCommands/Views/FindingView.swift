import EvacuationModel
import RunbookExport

/// A finding for a terminal: the severity in colour, hidden characters made visible.
enum FindingView {
  static func text(_ finding: Finding, paint: Paint) -> String {
    let lines = finding.description.split(separator: "\n", omittingEmptySubsequences: false).map {
      VisibleText.of(String($0))
    }
    guard paint.isOn else { return lines.joined(separator: "\n") }
    let mark = "\(finding.severity.rawValue)[\(finding.code.rawValue)]"
    let painted =
      switch finding.severity {
      case .error: paint.bad(mark)
      case .warning: paint.warning(mark)
      case .note: paint.faint(mark)
      }
    return lines.joined(separator: "\n").replacing(mark, with: painted, maxReplacements: 1)
  }
}
