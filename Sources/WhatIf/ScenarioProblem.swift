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

  /// A problem.
  public init(inventory: Inventory, policy: Policy, request: EvacuationRequest) {
    self.inventory = inventory
    self.policy = policy
    self.request = request
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
