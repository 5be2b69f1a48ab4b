public import EvacuationModel
import Quantities

/// A runbook for a wiki, a merge request or paper: tables first, then boxes to tick off, with commands in
/// fenced `sh` blocks that can be copied as they are.
public enum MarkdownRunbook {
  /// Markdown as GitHub and GitLab read it, a newline at the end.
  public static func render(_ runbook: Runbook) -> String {
    var blocks: [[String]] = [
      ["# \(escaped(title(runbook.header.request)))"], MarkdownSummary.warnings(runbook),
      MarkdownSummary.table(runbook.header), MarkdownSummary.migrations(runbook),
      MarkdownSummary.staying(runbook.staying),
    ]
    for (index, section) in runbook.sections.enumerated() {
      blocks += self.section(section, number: index + 1)
    }
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func title(_ request: EvacuationRequest) -> String {
    if let restore = request.restore { return "Bring \(restore.homes.count) guests home" }
    return request.rolling.map { "Maintain \($0) in turn" } ?? "Empty \(request.drain.list)"
  }

  private static func section(_ section: RunbookSection, number: Int) -> [[String]] {
    var blocks = [["## \(number). \(escaped(section.title))"]]
    blocks += section.remarks.map { [escaped($0)] }
    blocks += list(section.checksBefore, heading: "Before", in: section)
    blocks += list(section.steps, heading: "Do", in: section)
    blocks += list(section.checksAfter, heading: "After", in: section)
    return blocks
  }

  private static func list(
    _ steps: [RunbookStep], heading: String, in section: RunbookSection
  ) -> [[String]] {
    guard !steps.isEmpty else { return [] }
    let isDivided = !section.checksBefore.isEmpty || !section.checksAfter.isEmpty
    return (isDivided ? [["### \(heading)"]] : []) + steps.map(MarkdownStep.lines)
  }

  private static func escaped(_ text: String) -> String { MarkdownText.escaped(text) }
}
