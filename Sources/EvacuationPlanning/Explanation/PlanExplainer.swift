public import EvacuationModel
import MigrationSimulation
import Quantities

/// Answers "why there, why then?" about a plan.
///
/// It asks the planner's own rules again, with everybody else where the plan sends them, so that an answer holds for
/// any plan of this inventory and policy, also one that was read from a file.
public struct PlanExplainer: Sendable {
  private let inventory: Inventory
  private let policy: Policy
  private let plan: EvacuationPlan

  /// An explainer for `plan`, which was made from `inventory` under `policy`.
  public init(_ plan: EvacuationPlan, inventory: Inventory, policy: Policy) {
    self.plan = plan
    self.inventory = inventory
    self.policy = policy
  }

  /// What the plan does with the step, virtual machine or host called `name`, in this order; `nil` if there is none.
  public func explain(_ name: String) -> PlanExplanation? {
    if let step = plan.steps.first(where: { $0.id.name == name }) {
      return PlanExplanation(subject: name, moves: [explain(step)])
    }
    if inventory.virtualMachines.contains(where: { $0.id.name == name }) {
      return PlanExplanation(
        subject: name, moves: plan.steps.filter { $0.vm.name == name }.map(explain),
        stays: plan.unplaced.first { $0.vm.name == name })
    }
    guard let host = inventory.hosts.first(where: { $0.id.name == name }) else { return nil }
    return PlanExplanation(
      subject: name, host: HostSummary(plan: plan, inventory: inventory, policy: policy).explain(host))
  }

  private func explain(_ step: PlannedMigration) -> MoveExplanation {
    let destinations = DestinationComparison(plan: plan, inventory: inventory, policy: policy).compare(step)
    return MoveExplanation(
      step: step, possible: withCosts(destinations.possible, of: step), refusals: destinations.refusals,
      waits: StartReasons(plan: plan, limits: policy.concurrency).why(step))
  }

  /// The first few options with what they would do to the whole plan; each takes another schedule.
  private func withCosts(_ options: [DestinationOption], of step: PlannedMigration) -> [DestinationOption] {
    guard let change = MakespanChange(plan: plan, inventory: inventory, policy: policy) else {
      return options
    }
    var options = options
    for index in options.indices.prefix(Self.mostCompared) {
      options[index].makespanChange = change.with(step.vm, on: options[index].host)
    }
    return options
  }

  private static let mostCompared = 8
}
