public import EvacuationModel
import Quantities

/// Plans anew in the middle of a plan, with the least change to what people already know.
///
/// What is done is done. What is under way goes on where it goes. What has not started keeps its destination, its place in the
/// order and its name wherever that still holds. What failed is tried another way, after all that has not.
public struct Replanner: Sendable {
  /// A new plan for what remains.
  public struct Outcome: Sendable {
    /// The plan.
    public let plan: EvacuationPlan
    /// The cluster from which it starts.
    public let present: PresentState
    /// What is under way, as outcomes of the new plan.
    public let started: [RecordedOutcome]
  }

  let plan: EvacuationPlan
  let inventory: Inventory
  let policy: Policy
  let outcomes: [RecordedOutcome]
  private let earlier: [PresentState.FailedMove]

  /// A planner for what remains of `plan`, made from `inventory` under `policy`, after `outcomes` in the order in which they
  /// were recorded. `earlier` is what failed in plans that `plan` replaces, the oldest first.
  public init(
    _ plan: EvacuationPlan, inventory: Inventory, policy: Policy, after outcomes: [RecordedOutcome],
    earlier: [PresentState.FailedMove] = []
  ) {
    self.plan = plan
    self.inventory = inventory
    self.policy = policy
    self.outcomes = outcomes
    self.earlier = earlier
  }

  /// The plan for what remains.
  ///
  /// - Parameters:
  ///   - digest: the SHA-256 of the plan that is replaced.
  ///   - window: what is left of the window.
  ///   - name: how the present inventory is called in the plan.
  public func replanned(
    replacing digest: String, window: MaintenanceWindow, policy policyDigest: InputDigest,
    effort: SearchEffort = SearchEffort(), naming name: (Inventory) -> InputDigest
  ) -> Outcome {
    var request = plan.request
    request.replaces = digest
    request.window = window
    func outcome(arrived: Set<VirtualMachine.ID>) -> Outcome {
      let present = PresentState(of: plan, inventory: inventory, after: outcomes, arrived: arrived)
      let new = planned(request, present, policy, policyDigest, effort, name(present.inventory))
      return Outcome(plan: new, present: present, started: started(present, in: new))
    }
    let first = outcome(arrived: [])
    // One under way that a plan from here would not make, such as a guest that makes room for nobody any more.
    let gone = Set(first.present.underWay.map(\.step.vm)).subtracting(
      first.started.compactMap { outcome in first.plan.steps.first { $0.id == outcome.step }?.vm })
    guard !gone.isEmpty else { return first }
    var second = outcome(arrived: gone)
    var new = second.plan
    new.remarks.append(
      "counted as arrived, and as holding its memory at both ends: \(gone.map(\.name).sorted().joined(separator: ", "))"
    )
    second = Outcome(plan: new, present: second.present, started: second.started)
    return second
  }

  func planned(
    _ request: EvacuationRequest, _ present: PresentState, _ policy: Policy, _ policyDigest: InputDigest,
    _ effort: SearchEffort, _ inventoryDigest: InputDigest
  ) -> EvacuationPlan {
    var wishes = policy
    var retries: [VirtualMachine.ID: Retry] = [:]
    let hosts = present.inventory.hosts.map(\.id)
    let failures = Dictionary(grouping: earlier + present.failures, by: \.step.vm)
    for vm in present.inventory.virtualMachines {
      guard let own = failures[vm.id] else { continue }
      let retry = Retry(after: own, of: vm, settings: policy.settings(for: vm), hosts: hosts)
      retries[vm.id] = retry
      wishes.ownSettings[vm.id] = retry.settings
    }
    for guest in present.underWay {
      guard let vm = present.inventory.virtualMachines.first(where: { $0.id == guest.step.vm }) else {
        continue
      }
      wishes.ownSettings[vm.id] = settings(of: guest, vm)
    }
    var new = WindowPlanner(inventory: present.inventory, policy: wishes, effort: effort).plan(
      request, keeping: known(present, retries), inventory: inventoryDigest, policy: policyDigest,
      postponed: postponed)
    new.leave(plan.outlook?.left.map { ($0.host, $0.reason) } ?? [])
    new.explainAvoided(retries)
    if !present.silentHosts.isEmpty {
      let names = present.silentHosts.map(\.name).joined(separator: ", ")
      new.remarks.append("did not answer, so nobody is sent there: \(names)")
    }
    return new.named(after: remaining(present), besides: plan.steps)
  }

  /// What the plan leaves for another window stays left: guests, because of a drained host a part may leave.
  private var postponed: [Postponement] {
    (plan.outlook?.left ?? []).map { left in
      Postponement(
        hosts: plan.request.rolling == nil ? [] : [left.host],
        guests: plan.unplaced.filter { $0.postponed == .nextWindow && $0.host == left.host }.map(\.vm),
        cause: .nextWindow, reason: "left for the next window: \(left.reason)")
    }
  }

  /// A guest under way does what it does.
  private func settings(of guest: PresentState.UnderWay, _ vm: VirtualMachine) -> MigrationSettings {
    var settings = policy.settings(for: vm)
    settings.destinations = [guest.step.destination]
    settings.modes = [guest.step.mode]
    if !guest.step.usesPostCopy { settings.precopy.postCopy = nil }
    settings.insistsOnPostCopy = guest.step.usesPostCopy
    let since = guest.since.readable.map { " since \($0)" } ?? ""
    settings.reasons = ["under way\(since): goes on, and counts as if it had just begun"]
    return settings
  }

  /// The steps of the plan that are still to come to an end: those under way, those that wait, those that failed.
  private func remaining(_ present: PresentState) -> [PlannedMigration] {
    let progress = PlanProgress(outcomes)
    let underWay = Set(present.underWay.map(\.step.id))
    let failed = Set(present.failures.map(\.step.id))
    let waiting = plan.steps.filter { step in
      switch progress.latest(of: step.id)?.result {
      case nil, .skipped: true
      case .started, .done, .failed: false
      }
    }
    return plan.steps.filter { underWay.contains($0.id) } + waiting
      + plan.steps.filter { failed.contains($0.id) }
  }

  /// The moves that stay as they are, as far as they can.
  private func known(_ present: PresentState, _ retries: [VirtualMachine.ID: Retry]) -> [KnownMove] {
    remaining(present).filter { step in
      !(retries[step.vm]?.avoided.contains { $0.host == step.destination } ?? false)
    }.map { KnownMove($0.vm, to: $0.destination) }
  }

  private func started(_ present: PresentState, in new: EvacuationPlan) -> [RecordedOutcome] {
    present.underWay.compactMap { guest in
      new.steps.first { $0.vm == guest.step.vm && $0.destination == guest.step.destination }.map {
        RecordedOutcome(step: $0.id, result: .started, at: guest.since)
      }
    }
  }
}
