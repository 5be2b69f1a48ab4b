public import EvacuationModel
import Mustache
import Quantities

/// An organisation's own text, such as a change ticket or a mail to owners, filled from a plan (Mustache). What names
/// there are stands in `docs/templates/README.md`.
public enum PlanTemplate {
  /// Why a template is none.
  public struct Failure: Error, Hashable {
    /// What is wrong with it.
    public let message: String
  }

  /// `template` with the values of `plan`, which the store knows by `id`. `{{name}}` is escaped for `kind`,
  /// `{{{name}}}` is not; what cannot be seen in a name is written out in both. A template may change its kind by
  /// `{{% CONTENT_TYPE:JIRA}}`.
  public static func render(
    _ template: String, kind: TemplateKind, plan: EvacuationPlan, id: String
  ) throws(Failure) -> String {
    for kind in TemplateKind.allCases {
      MustacheContentTypes.register(TemplateEscaping(kind: kind), named: kind.rawValue)
    }
    let parsed: MustacheTemplate
    do {
      parsed = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(kind.rawValue)}}\n" + template)
    } catch let error as MustacheTemplate.ParserError {
      throw Failure(message: "line \(max(1, error.context.lineNumber - 1)): \(words(error.error))")
    } catch {
      throw Failure(message: "\(error)")
    }
    return parsed.render(PlanValues.of(plan, id: id))
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case MustacheTemplate.Error.sectionCloseNameIncorrect: "a section is closed under another name"
    case MustacheTemplate.Error.expectedSectionEnd: "a section is not closed"
    case MustacheTemplate.Error.unfinishedName: "a tag is not closed"
    case MustacheTemplate.Error.unrecognisedConfigVariable: "this kind of content is not known"
    default: "\(error)"
    }
  }
}
