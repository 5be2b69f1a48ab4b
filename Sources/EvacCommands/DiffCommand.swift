import ArgumentParser
import EvacuationModel
import RunbookExport

/// `evac diff`.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what one plan does otherwise than another, and why.",
    discussion: "Example: evac diff 3f9a0c1b plan.json")

  @Argument(help: "The plan to compare with: an id or a file.")
  var before: String

  @Argument(help: "The plan to look at: an id or a file.")
  var after: String

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let difference = PlanDifference(
        from: try PlanSource.plan(before, store), to: try PlanSource.plan(after, store))
      try Console.result(
        json.json
          ? DiffJSON.encode(difference) : DiffView(difference: difference, paint: .standardOutput).text)
    }
  }
}
