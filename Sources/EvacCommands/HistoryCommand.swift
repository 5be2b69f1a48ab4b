import ArgumentParser
import EvacuationModel
import PlanStore
import RunbookExport

/// `evac history`.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the plans of the store, the latest first, and how far each has got.",
    discussion: "Example: evac history --json")

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      // Where nothing has been planned yet there is no store, and that is no mistake.
      let store = try StoreFile.ifPresent(store)
      let plans = try withStore { () throws(StoreFailure) in Array(try store?.records().reversed() ?? []) }
      try Console.result(
        json.json ? HistoryJSON.encode(plans) : HistoryView(plans: plans, paint: .standardOutput).text)
    }
  }
}
