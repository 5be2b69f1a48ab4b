import EvacuationModel
import RunbookExport

/// A plan in the format that was asked for.
enum ExportText {
  static func of(_ document: PlanDocument, _ format: Export.Format) throws -> String {
    switch format {
    case .markdown: return MarkdownRunbook.render(RunbookBuilder.runbook(for: document.plan))
    case .json: return document.text
    case .shell: return try script(document)
    case .csv: return StepTable.render(document.plan)
    case .ics: return try calendar(document)
    case .mermaid: return PlanGantt.render(document.plan)
    }
  }

  private static func calendar(_ document: PlanDocument) throws(Refusal) -> String {
    guard let text = PlanCalendar.render(document.plan, id: id(document)) else {
      throw Refusal(findings: [
        Finding(
          .badRequest, path: "export", place: "ics", message: "the plan does not say when it starts",
          help: "plan with --start 2026-12-05T22:00:00+01:00")
      ])
    }
    return text
  }

  private static func id(_ document: PlanDocument) -> String { String(document.digest.prefix(12)) }

  private static func script(_ document: PlanDocument) throws -> String {
    do {
      return try ShellRunbook.render(document.plan, id: id(document))
    } catch {
      throw Refusal(findings: [
        Finding(.badRequest, path: "export", place: error.place, message: error.message, help: error.help)
      ])
    }
  }
}
