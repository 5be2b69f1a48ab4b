import ArgumentParser
import EvacuationModel
import PlanStore
import RunbookExport

/// `evac show`.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a plan of the store, or of a file, and what has been recorded of it.",
    discussion: "Example: evac show 3f9a0c1b")

  @Argument(help: "The plan: its id, or the first digits of it, or a file.")
  var plan: String

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let shown = try PlanDocument(PlanSource.plan(plan, store))
      let outcomes = try recorded(shown)
      guard !json.json else { return try Console.result(PlanJSON.encode(shown.plan, outcomes: outcomes)) }
      let view = PlanView(plan: shown.plan, paint: .standardOutput).text
      let recorded = OutcomesView(outcomes: outcomes, paint: .standardOutput).text
      try Console.result(recorded.isEmpty ? view : view + "\n" + recorded)
    }
  }

  /// Nothing where there is no store: a plan in a file can be shown all the same.
  private func recorded(_ shown: PlanDocument) throws(Refusal) -> [RecordedOutcome] {
    guard let store = try StoreFile.ifPresent(store) else { return [] }
    return try withStore { () throws(StoreFailure) in try store.outcomes(ofPlan: shown.digest) }
  }
}
