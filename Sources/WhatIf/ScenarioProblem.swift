public import EvacuationModel
public import EvacuationPlanning
import PlanVerification

/// What there is to plan in a scenario. Two scenarios with equal problems have one plan.
public struct ScenarioProblem: Hashable, Sendable {
  /// The cluster.
  public let inventory: Inventory
  /// The rules of the game.
  public let policy: Policy
  /// What is asked.
  public let request: EvacuationRequest

  /// The problem that `request` is to `inventory` under `policy`. What no plan for it depends on is left out, so that
  /// two problems that differ in nothing else are equal.
  public init(inventory: Inventory, policy: Policy, request: EvacuationRequest) {
    self.request = request
    guard request.rolling == nil else {
      (self.inventory, self.policy) = (inventory, policy)
      return
    }
    self.policy = policy.withoutWhatComesAfter
    self.inventory =
      policy.moveOthers ? inventory : inventory.withoutWhatStaysPut(besides: Set(request.drain))
  }

  /// Its plan, with what the verification found; an error among that is a bug of the planner. The digests only name
  /// the inputs in the plan.
  public func plan(
    inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest,
    effort: SearchEffort = SearchEffort()
  ) -> EvacuationPlan {
    var plan = EvacuationPlanner(inventory: inventory, policy: policy).plan(
      request, inventory: inventoryDigest, policy: policyDigest, effort: effort)
    plan.findings = PlanVerifier.verify(plan, inventory: inventory, policy: policy)
    return plan
  }
}

extension Policy {
  /// The request says which window counts, and what happens to an empty host does not change how it is emptied.
  fileprivate var withoutWhatComesAfter: Self {
    var policy = self
    policy.window = MaintenanceWindow()
    policy.maintenance = MaintenancePolicy()
    return policy
  }
}

extension Inventory {
  /// Guests that nobody may move take up room and count in groups, and nothing else about them matters: not what they
  /// write, not what they hold.
  fileprivate func withoutWhatStaysPut(besides drained: Set<Host.ID>) -> Self {
    var inventory = self
    for index in virtualMachines.indices where !drained.contains(virtualMachines[index].host) {
      let vm = virtualMachines[index]
      inventory.virtualMachines[index] = VirtualMachine(
        id: vm.id, host: vm.host, state: vm.state, vcpus: vm.vcpus, memory: vm.memory)
    }
    return inventory
  }
}
