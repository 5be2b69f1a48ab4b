import ArgumentParser
import EvacuationModel
import PlanStore
import RunbookExport

/// `evac status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say where a plan is: what is done, how fast it goes, when it ends, what may start next.",
    discussion: """
      Example: evac status 3f9a0c1b

      Exit status 3 means that the window no longer holds.
      """)

  @Argument(help: "The plan: its id, or the first digits of it, or its file.")
  var plan: String

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let store = try StoreFile.existing(store)
      let stored = try PlanSource.stored(plan, in: store)
      let (outcomes, newer) = try withStore { () throws(StoreFailure) in
        (
          try store.outcomes(ofPlan: stored.record.digest),
          try store.replacement(ofPlan: stored.record.digest)?.id
        )
      }
      let status = PlanStatus(of: try PlanSource.parsed(stored), after: outcomes, at: WallClock.now)
      let id = stored.record.id
      try Console.result(
        json.json
          ? StatusJSON.encode(status, plan: id, replacedBy: newer)
          : StatusView(status: status, id: id, newer: newer, paint: .standardOutput).text)
      if status.holdsWindow == false { throw ExitStatus.incomplete }
    }
  }
}
