import ArgumentParser
import EvacuationModel
import EvacuationPlanning
import PlanStore
import Quantities
import RunbookExport

/// `evac replan`.
struct ReplanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replan",
    abstract: "Plan what remains of a plan, from what has been recorded of it, with the least change.",
    discussion: """
      Example: evac replan 3f9a0c1b --output rest.json

      What is under way goes on, what has not started keeps its destination, order and name where it can, and what failed \
      is tried another way. Of a rolling maintenance the hosts that are still to come are planned anew: one is back when its \
      guests have been recorded as gone and its maintenance time has passed, or when --back says so. The new plan is kept in the store and names the one that it replaces; record what happens from \
      then on with the new one. Exit status 3 means that some virtual machines cannot leave, or that the plan does not fit \
      what is left of the window.
      """)

  @Argument(help: "The plan: its id, or the first digits of it, or its file.")
  var plan: String

  @Option(
    help: ArgumentHelp(
      "A host of a rolling maintenance that is back already; repeat for several.", valueName: "host"))
  var back: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the plan as JSON to this file.", valueName: "file"))
  var output: String?

  @OptionGroup var store: StoreOption
  @OptionGroup var json: JSONOption

  func run() async throws {
    try await guarded(json: json.json) {
      let store = try StoreFile.existing(store)
      let old = try PlanSource.stored(plan, in: store)
      try PlanSource.refuseReplaced(old, in: store)
      let ancestry = try PlanAncestry(of: old, in: store)
      guard let entry = ancestry.entries.last else { return }
      try refuseBack(entry.plan)
      if let output { try OutputFile.check(output) }
      let inputs = try StoredInputs(of: old, in: store)
      let outcome = try await replanned(entry, ancestry, inputs, now: WallClock.now)
      let present = try PresentInventory(outcome.present.inventory, after: old)
      let new = try VerifiedPlan.of(
        outcome.plan, inventory: present.inventory, policy: inputs.policy.policy)
      let document = try PlanDocument(new)
      let stored = document.stored(calibration: old.calibration)
      try withStore { () throws(StoreFailure) in
        // What is under way has started, also by the new plan.
        try store.replace(
          old.record, after: entry.outcomes, with: stored, texts: [present.text], started: outcome.started)
      }
      Console.remark("Saved as \(stored.record.id), in place of \(old.record.id).\n")
      try document.deliver(to: output, json: json.json) { text(new, entry, id: old.record.id) }
    }
  }

  private func replanned(
    _ entry: PlanAncestry.Entry, _ ancestry: PlanAncestry, _ inputs: StoredInputs, now: Instant
  ) async throws -> Replanner.Outcome {
    let earlier = ancestry.entries.dropLast().flatMap { older in
      PresentState(of: older.plan, inventory: inputs.inventory, after: older.outcomes).failures
    }
    let window = PlanStatus(of: entry.plan, after: entry.outcomes, at: now).windowLeft
    let replanner = Replanner(
      entry.plan, inventory: inputs.inventory, policy: inputs.policy.policy, after: entry.outcomes,
      earlier: earlier)
    let rolling =
      entry.plan.request.rolling == nil
      ? nil
      : ancestry.entries.map { entry in
        RollingProgress(
          of: entry.plan, after: entry.outcomes, at: now, reported: back.map { Host.ID($0) })
      }
    let result = await Progress.during("Planning") {
      Interrupt.during { interrupt in
        let effort = SearchEffort { interrupt.isAsked }
        let name = { PresentInventory.digest(of: $0, after: entry.stored) }
        return Result { () throws(Replanner.Obstacle) in
          guard let rolling else {
            return replanner.replanned(
              replacing: entry.stored.record.digest, window: window, policy: entry.plan.policy,
              effort: effort,
              naming: name)
          }
          return try replanner.replannedRolling(
            rolling, replacing: entry.stored.record.digest, window: window, policy: entry.plan.policy,
            effort: effort, naming: name)
        }
      }
    }
    switch result {
    case .success(let outcome): return outcome
    case .failure(let obstacle): throw refusal(obstacle)
    }
  }

  private func text(_ new: EvacuationPlan, _ entry: PlanAncestry.Entry, id: String) -> String {
    let progress = PlanProgress(entry.outcomes)
    var before = entry.plan
    before.steps.removeAll { progress.latest(of: $0.id)?.result == .done }
    let difference = PlanDifference(from: before, to: new)
      .ignoring([.wave, .batch, .start, .duration, .outcome, .pause])
    return PlanView(plan: new, paint: .standardOutput).text + "\nBeside what remained of plan \(id)\n"
      + DiffView(difference: difference, paint: .standardOutput).changesText
  }

  private func refuseBack(_ plan: EvacuationPlan) throws(Refusal) {
    let hosts = plan.waves.flatMap(\.hosts).map(\.name)
    let isRolling = plan.request.rolling != nil
    let findings = back.filter { !isRolling || !hosts.contains($0) }.map { name in
      Finding(
        .badRequest, path: "--back", place: name,
        message: isRolling ? "the plan does not maintain it" : "the plan is no rolling maintenance",
        help: isRolling ? Suggestion.help(for: name, among: hosts) : "leave --back out")
    }
    guard findings.isEmpty else { throw Refusal(findings: findings) }
  }

  private func refusal(_ obstacle: Replanner.Obstacle) -> Refusal {
    let (message, help): (String, String)
    switch obstacle {
    case .underWay(let steps):
      message = "still under way: \(steps.map(\.name).joined(separator: ", "))"
      help = "record what became of \(steps.count == 1 ? "it" : "them") first, with evac record"
    case .tooManyOut(let out):
      let until = out.map { $0.host.name + ($0.until.readable.map { " until \($0)" } ?? "") }
      message = "as many hosts are out as the policy permits: \(until.joined(separator: ", "))"
      help = "plan when one is back, or say with --back that it is"
    }
    return Refusal(findings: [Finding(.badRequest, path: "replan", place: plan, message: message, help: help)]
    )
  }
}
