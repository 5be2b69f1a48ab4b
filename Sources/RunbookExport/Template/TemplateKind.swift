import Mustache

/// What a template's text is written in, and so how values in it are escaped.
public enum TemplateKind: String, CaseIterable, Sendable {
  /// Plain text: nothing is special.
  case text = "TEXT"
  /// HTML.
  case html = "HTML"
  /// Markdown, as GitHub and GitLab read it.
  case markdown = "MARKDOWN"
  /// Jira's wiki markup.
  case jira = "JIRA"
  /// The inside of a JSON string.
  case json = "JSON"
  /// A whole cell of a CSV file.
  case csv = "CSV"

  /// The kind that a file's name tells by its ending; plain text if it tells nothing.
  public init(fileName: String) {
    let ending = fileName.lowercased().split(separator: ".").last.map(String.init) ?? ""
    self =
      switch ending {
      case "html", "htm": .html
      case "md", "markdown": .markdown
      case "jira", "wiki": .jira
      case "json": .json
      case "csv": .csv
      default: .text
      }
  }

  /// `text`, in which nothing is hidden any more, as a literal of the kind.
  func escaped(_ text: String) -> String {
    switch self {
    case .text: text
    case .html: Self.html(text)
    case .markdown: MarkdownText.escaped(text)
    case .jira: Self.jira(text)
    case .json: Self.json(text)
    case .csv: CSVText.cell(text)
    }
  }

  private static func html(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: String(scalar)
      }
    }.joined()
  }

  /// Jira's text effects and macros begin with one of these; a backslash takes the meaning from each. Inside a word
  /// `-` and `_` have none and stay, so that names remain readable. A `#` or `bq.` begins something only at a line's
  /// start, where no value should stand.
  private static func jira(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let isWord = { (index: Int) in
      scalars.indices.contains(index)
        && (scalars[index].properties.isAlphabetic || ("0"..."9").contains(scalars[index]))
    }
    return scalars.enumerated().map { index, scalar in
      switch scalar {
      case "-", "_": isWord(index - 1) && isWord(index + 1) ? String(scalar) : "\\\(scalar)"
      case "\\", "{", "}", "[", "]", "|", "*", "+", "^", "~", "?", "!": "\\\(scalar)"
      default: String(scalar)
      }
    }.joined()
  }

  /// RFC 8259; `<` too, so that the text may stand in a script element.
  private static func json(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "<": "\\u003c"
      default: String(scalar)
      }
    }.joined()
  }
}

/// A kind as Mustache knows it.
struct TemplateEscaping: MustacheContentType {
  let kind: TemplateKind

  func escapeText(_ text: String) -> String { kind.escaped(text) }
}
