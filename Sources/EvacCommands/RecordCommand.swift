import ArgumentParser
import EvacuationModel
import InventoryImport
import PlanStore
import RunbookExport

/// `evac record`.
struct RecordCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record what became of a plan's steps, as it happens.",
    usage: """
      evac record <plan> --done <step> [--took <time>] ... | --failed <step> [--reason <text>] ... [options]
             evac record <plan> --csv <file> | --log <file> [options]
      """,
    discussion: """
      Example: evac record 3f9a0c1b --done m003 --took 41s

      Either everything that is reported is recorded, or nothing. What is recorded already is passed over, so a \
      table or a log that grows may be given again.
      """)

  @Argument(help: "The plan: its id, or the first digits of it, or its file.")
  var plan: String

  @OptionGroup var outcomes: OutcomeOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A table with the columns step, result, took, transfer, downtime, transferred, reason, kind, at, note; repeat for several.",
      valueName: "file"))
  var csv: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("A log that evac diagnose reads; repeat for several.", valueName: "file"))
  var log: [String] = []

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func validate() throws {
    if outcomes.isEmpty, csv.isEmpty, log.isEmpty {
      throw ValidationError(
        "Say what became of which step: --done, --failed, --started, --skipped, --csv or --log")
    }
  }

  func run() async throws {
    try await guarded(json: json.json) {
      let store = try StoreFile.existing(store)
      let stored = try PlanSource.stored(plan, in: store)
      let plan = try PlanSource.parsed(stored)
      let reported = try reported(plan)
      let check = OutcomeCheck(plan, now: WallClock.now)
      var findings: [Finding] = []
      let digest = stored.record.digest
      let recorded = try withStore { () throws(StoreFailure) in
        try store.record(plan: digest) { before in
          let new = check.new(reported, after: before)
          findings = new.findings
          return new.findings.isEmpty ? new.outcomes : []
        }
      }
      guard findings.isEmpty else { throw Refusal(findings: findings) }
      let all = try withStore { () throws(StoreFailure) in try store.outcomes(ofPlan: digest) }
      let progress = PlanProgress(all)
      try Console.result(
        json.json
          ? RecordJSON.encode(
            plan: stored.record.id, recorded: recorded, status: progress.status(ofSteps: plan.steps.count))
          : text(recorded, progress, steps: plan.steps.count))
    }
  }

  /// Everything that is reported, and everything that is wrong with any of it in one go.
  private func reported(_ plan: EvacuationPlan) throws(Refusal) -> [ReportedOutcome] {
    var reported: [ReportedOutcome] = []
    var findings: [Finding] = []
    func take(_ read: () throws(Refusal) -> [ReportedOutcome]) {
      do throws(Refusal) {
        reported += try read()
      } catch {
        findings += error.findings
      }
    }
    take { () throws(Refusal) in try outcomes.reported() }
    for path in csv { take { () throws(Refusal) in try table(path) } }
    for path in log { take { () throws(Refusal) in try LogOutcomes.read(path, plan: plan) } }
    guard findings.isEmpty else { throw Refusal(findings: findings) }
    return reported
  }

  private func table(_ path: String) throws(Refusal) -> [ReportedOutcome] {
    let file = try InputFile(path)
    let reading = OutcomeTable.read(String(decoding: file.bytes, as: UTF8.self), path: file.path)
    guard let outcomes = reading.value else { throw Refusal(findings: reading.findings) }
    Console.remark(reading.findings)
    return outcomes
  }

  private func text(_ recorded: [RecordedOutcome], _ progress: PlanProgress, steps: Int) -> String {
    let failed = progress.count("failed")
    let sum = "\(progress.count("done")) of \(steps) steps done" + (failed > 0 ? ", \(failed) failed" : "")
    guard !recorded.isEmpty else { return "Nothing new: \(sum).\n" }
    return OutcomesView(outcomes: recorded, paint: .standardOutput).text + "\n\(sum).\n"
  }
}
