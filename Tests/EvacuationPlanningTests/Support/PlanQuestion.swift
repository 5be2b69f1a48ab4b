import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

/// What a planner is asked: a cluster, a policy, and hosts to drain.
struct PlanQuestion: Sendable {
  var inventory: Inventory
  var policy: Policy
  var request: EvacuationRequest
  var effort = SearchEffort(schedules: 40)

  init(_ inventory: Inventory, policy: Policy? = nil, drain: [Host.ID] = ["host-1"], seed: UInt64 = 0) {
    self.inventory = inventory
    self.policy = policy ?? Policy(name: "test", platform: inventory.platform)
    request = EvacuationRequest(drain: drain, seed: seed)
  }

  /// The same question after `change`.
  func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }

  /// The planner's answer.
  func plan() -> EvacuationPlan {
    EvacuationPlanner(inventory: inventory, policy: policy).plan(
      request, inventory: InputDigest(name: inventory.name, sha256: ""),
      policy: InputDigest(name: policy.name, sha256: ""), effort: effort)
  }

  /// The planner's answer, with which the verifier must agree.
  func verifiedPlan(_ location: SourceLocation = #_sourceLocation) -> EvacuationPlan {
    let plan = plan()
    #expect(errors(in: plan) == [], sourceLocation: location)
    return plan
  }

  /// What the verifier holds against `plan`.
  func errors(in plan: EvacuationPlan) -> [String] {
    PlanVerifier.verify(plan, inventory: inventory, policy: policy).filter { $0.severity == .error }
      .map(\.description)
  }
}

extension EvacuationPlan {
  /// The destination of `vm`, if it moves.
  func destination(of vm: VirtualMachine.ID) -> Host.ID? { step(of: vm)?.destination }

  /// The step that moves `vm`.
  func step(of vm: VirtualMachine.ID) -> PlannedMigration? { steps.first { $0.vm == vm } }

  /// Why `host` does not take `vm`, as `code: message`.
  func refusal(of vm: VirtualMachine.ID, on host: Host.ID) -> String? {
    unplaced.first { $0.vm == vm }?.refusals.first { $0.host == host }.map { "\($0.code): \($0.message)" }
  }

  /// The batches as names of guests, each batch in the order of its steps.
  var batches: [[String]] {
    Dictionary(grouping: steps, by: \.batch).sorted { $0.key < $1.key }.map { $0.value.map(\.vm.name) }
  }
}
