import ArgumentParser
import EvacuationModel
import RunbookExport

/// `evac export`.
struct Export: AsyncParsableCommand {
  /// What a plan can be turned into.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, shell, csv, ics, mermaid, json
  }

  static let configuration = CommandConfiguration(
    abstract: "Turn a plan into an operator's runbook.",
    discussion: "Example: evac export plan.json --format markdown --output runbook.md")

  @Argument(help: "The plan: its file, or its id in the store, or the first digits of it.")
  var plan: String

  @Option(name: .shortAndLong, help: "markdown, shell, csv, ics, mermaid or json.")
  var format: Format = .markdown

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var store: StoreOption

  func run() async throws {
    try await guarded(json: false) {
      if let output { try OutputFile.check(output) }
      let document = try PlanDocument(try PlanSource.plan(plan, store))
      let text = try ExportText.of(document, format)
      if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
    }
  }
}
