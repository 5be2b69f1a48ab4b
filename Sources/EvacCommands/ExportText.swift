import EvacuationModel
import RunbookExport

/// A plan in the format that was asked for.
enum ExportText {
  static func of(_ document: PlanDocument, _ format: Export.Format) throws -> String {
    switch format {
    case .markdown, .html: return MarkdownRunbook.render(RunbookBuilder.runbook(for: document.plan))
    case .json: return document.text
    case .shell: return try carried(out: document, by: ShellRunbook.render)
    case .ansible: return try carried(out: document, by: AnsiblePlaybook.render)
    case .csv: return StepTable.render(document.plan)
    case .ics: return try calendar(document)
    case .mermaid: return PlanGantt.render(document.plan)
    }
  }

  /// The template in the file `path`, filled.
  static func filled(_ path: String, _ document: PlanDocument) throws(Refusal) -> String {
    let file = try InputFile(path)
    do throws(PlanTemplate.Failure) {
      return try PlanTemplate.render(
        String(decoding: file.bytes, as: UTF8.self), kind: TemplateKind(fileName: file.path),
        plan: document.plan,
        id: id(document))
    } catch {
      throw Refusal(findings: [
        Finding(
          .syntax, path: file.path, message: "is no Mustache template: \(error.message)",
          help: "docs/templates has two that are")
      ])
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

  /// A format that does things itself is not made of every plan.
  private static func carried(
    out document: PlanDocument,
    by render: (EvacuationPlan, String) throws(ShellRunbook.Refusal) -> String
  ) throws(Refusal) -> String {
    do throws(ShellRunbook.Refusal) {
      return try render(document.plan, id(document))
    } catch {
      throw Refusal(findings: [
        Finding(.badRequest, path: "export", place: error.place, message: error.message, help: error.help)
      ])
    }
  }
}
