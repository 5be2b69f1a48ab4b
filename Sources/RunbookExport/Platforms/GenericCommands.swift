import EvacuationModel
import Quantities

/// Words instead of commands, for an inventory that names no platform.
struct GenericCommands: PlatformCommands {
  private let notYet =
    "The inventory names no platform, so there are no commands here: use your platform's own tools."

  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    [
      RunbookStep(
        "Hosts and guests are as in the plan", why: [notYet],
        doneWhen: "the hosts to empty run the guests of this plan and no others; all destinations are up",
        otherwise: "take a new inventory and plan again")
    ]
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep("Close \(host) to arrivals", doneWhen: "\(host) takes no new guests; nothing moves yet")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        doneWhen: "free memory covers these sums",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    var warnings: [String] = []
    if step.mode == .cold, step.guest.state != .stopped {
      warnings.append("Its owner has agreed: it is off for about \(step.forecast.downtime.text).")
    }
    if step.usesAutoConverge { warnings.append("It needs auto-converge to be on; the guest is slowed.") }
    let how =
      switch step.mode {
      case .live: "Migrate it live"
      case .block: "Migrate it live together with its local disks"
      case .cold: "Move it while it is off"
      }
    let id = step.guest.platformID.map { " (id \($0))" } ?? ""
    return MigrationInstructions(
      warnings: warnings + ["\(how)\(id) to \(step.destination), and to no other host."],
      doneWhen: "it is \(step.guest.state.rawValue) at \(step.destination)",
      levers: step.usesPostCopy ? [RunbookInstruction(PostCopyAdvice.switchText(step))] : [],
      abort: RunbookInstruction("Cancel the migration: the guest stays at \(step.source)."),
      rollback: RunbookInstruction("Move it back to \(step.source) in the same way."))
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty", doneWhen: "it shows no guest, or only those listed as staying",
      otherwise: "do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep("Open \(host) again", doneWhen: "\(host) takes guests")
  }

  func recovery() -> [RunbookStep] {
    [
      RunbookStep(
        "Stop. Reset, kill and delete nothing yet",
        warnings: ["The dangerous shortcut: starting the guest again before it is known where it runs."],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "Find out where it runs, on both hosts",
        doneWhen: "the hypervisors themselves, not only the management, have said so",
        otherwise: "running on both: power off at once the copy that the management does not own"),
      RunbookStep(
        "Cancel what is left of the migration, then correct what the management believes",
        doneWhen: "it runs on exactly one host, and the management agrees"),
    ]
  }
}
