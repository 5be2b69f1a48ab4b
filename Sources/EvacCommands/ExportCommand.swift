import ArgumentParser
import EvacuationModel
import RunbookExport

/// `evac export`.
struct Export: AsyncParsableCommand {
  /// What a plan can be turned into.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, shell, ansible, csv, ics, mermaid, json, html

    /// What exists: `html` is recognised so that its refusal can say more.
    static var allValueStrings: [String] { allCases.filter { $0 != .html }.map(\.rawValue) }
  }

  static let configuration = CommandConfiguration(
    abstract: "Turn a plan into an operator's runbook.",
    discussion: "Example: evac export plan.json --format markdown --output runbook.md")

  @Argument(help: "The plan: its file, or its id in the store, or the first digits of it.")
  var plan: String

  @Option(
    name: .shortAndLong, help: "markdown (if nothing is said), shell, ansible, csv, ics, mermaid or json.")
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Fill this Mustache template instead of a format.", valueName: "file"))
  var template: String?

  @OptionGroup var store: StoreOption

  func validate() throws {
    if template != nil, format != nil { throw ValidationError("--template and --format exclude each other") }
    if format == .html { throw ValidationError("html does not exist yet; --format markdown prints well") }
  }

  func run() async throws {
    try await guarded(json: false) {
      if let output { try OutputFile.check(output) }
      let document = try PlanDocument(try PlanSource.plan(plan, store))
      let text =
        try template.map { try ExportText.filled($0, document) }
        ?? ExportText.of(document, format ?? .markdown)
      if let output { try OutputFile.write(text, to: output) } else { try Console.result(text) }
    }
  }
}
