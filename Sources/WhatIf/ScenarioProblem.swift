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
    self.init(
      relevant: Self.relevant(inventory, movingOthers: policy.moveOthers, for: request), policy: policy,
      request: request)
  }

  /// The same, `inventory` being what is relevant of one: many problems may share it.
  public init(relevant inventory: Inventory, policy: Policy, request: EvacuationRequest) {
    self.inventory = inventory
    self.request = request
    self.policy = request.rolling == nil ? policy.withoutWhatComesAfter : policy
  }

  /// What plans for the hosts of `request` depend on, where others may be moved or not.
  public static func relevant(
    _ inventory: Inventory, movingOthers: Bool, for request: EvacuationRequest
  ) -> Inventory {
    guard request.rolling == nil, !movingOthers else { return inventory }
    return inventory.withoutWhatStaysPut(besides: Set(request.drain))
  }

  /// What it has in common with problems that differ in nothing but how many migrations may run at once: planned one
  /// after the other with one memo, they share all but the order.
  public var policyOfFamily: Policy {
    var policy = policy
    policy.concurrency = ConcurrencyLimits()
    return policy
  }

  /// Inventories are few and large, so that they are only compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(policy)
    hasher.combine(request)
    hasher.combine(inventory.hosts.count)
  }

  /// Its plan, within its window if it has one, with what the verification found; an error among that is a bug of the
  /// planner. The digests only name the inputs in the plan. `memo` is what problems planned before have found; it
  /// changes no plan.
  public func plan(
    inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest,
    effort: SearchEffort = SearchEffort(), memo: PlanningMemo = PlanningMemo()
  ) -> EvacuationPlan {
    var plan = WindowPlanner(inventory: inventory, policy: policy, effort: effort).plan(
      request, inventory: inventoryDigest, policy: policyDigest, memo: memo)
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
