import ArgumentParser
import EvacuationModel
import RunbookExport

/// `evac export`.
struct Export: AsyncParsableCommand {
  /// What a plan can be turned into.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, json
  }

  static let configuration = CommandConfiguration(
    abstract: "Turn a plan into an operator's runbook.",
    discussion: "Example: evac export plan.json --format markdown --output runbook.md")

  @Argument(help: "The plan, as evac plan --output wrote it.")
  var plan: String

  @Option(name: .shortAndLong, help: "markdown or json.")
  var format: Format = .markdown

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  func run() async throws {
    try await guarded(json: false) {
      if let output { try OutputFile.check(output) }
      let plan = try PlanFile.read(plan)
      let text =
        switch format {
        case .markdown: MarkdownRunbook.render(RunbookBuilder.runbook(for: plan))
        case .json: try PlanJSON.encode(plan)
        }
      if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
    }
  }
}
