import EvacuationModel
import Quantities

/// What the planner is asked for the way home after a plan of the store.
struct HomewardQuestion {
  let request: EvacuationRequest
  let inventory: Inventory
  let policy: Policy
  let inventoryDigest: InputDigest
  let policyDigest: InputDigest
  /// What the store does not have yet.
  let texts: [StoredText]
  let calibration: String?
  /// Warnings and notes.
  let findings: [Finding]

  /// The way home after `name`, from `fresh` inputs if there are any, else from what was recorded.
  init(
    after name: String, scope: RestoreRequest.Scope, options: RequestOptions, store option: StoreOption,
    fresh: Inputs?
  ) throws {
    let store = try StoreFile.existing(option)
    let stored = try PlanSource.stored(name, in: store)
    let entries = try PlanAncestry(of: stored, in: store).entries
    guard let first = entries.first, let last = entries.last else { throw StoreFile.unnamed }
    try Self.refuseUnderWay(last, name: name)
    let restore = RestoreRequest(
      after: entries.map { ($0.plan, $0.outcomes) }, digest: stored.record.digest,
      inventory: try StoredInputs(of: first.stored, in: store).inventory, scope: scope)
    if let fresh {
      (inventory, policy) = (fresh.inventory, fresh.policy.policy)
      (inventoryDigest, policyDigest) = (fresh.inventoryDigest, fresh.policyDigest)
      (texts, calibration, findings) = (fresh.texts, fresh.calibrationDigest, fresh.findings)
    } else {
      let inputs = try StoredInputs(of: stored, in: store)
      let state = PresentState(
        of: last.plan, inventory: inputs.inventory,
        after: RestoreRequest.presumed(last.plan, last.outcomes))
      let present = try PresentInventory(
        state.inventory.opening(entries.flatMap(\.plan.hostsToEmpty)), after: stored)
      (inventory, policy) = (present.inventory, inputs.policy.policy)
      (inventoryDigest, policyDigest) = (
        InputDigest(name: present.inventory.name, sha256: present.text.digest), last.plan.policy
      )
      (texts, calibration, findings) = ([present.text], stored.calibration, [])
    }
    request = EvacuationRequest(
      restore: restore, window: try options.windowOptions.resolved(over: policy.window), seed: options.seed)
  }

  /// Nobody knows where a guest under way ends up.
  private static func refuseUnderWay(_ entry: PlanAncestry.Entry, name: String) throws(Refusal) {
    let progress = PlanProgress(entry.outcomes)
    let underWay = entry.plan.steps.filter { progress.latest(of: $0.id)?.result == .started }
    guard !underWay.isEmpty else { return }
    let steps = underWay.map(\.id.name).joined(separator: ", ")
    throw Refusal(findings: [
      Finding(
        .badRequest, path: "--restore", place: name, message: "still under way: \(steps)",
        help: "record what became of \(underWay.count == 1 ? "it" : "them") first, with evac record")
    ])
  }
}
