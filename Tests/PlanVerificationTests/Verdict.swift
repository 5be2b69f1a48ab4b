import EvacTestSupport
import EvacuationModel
import PlanVerification

extension PlanBuilder {
  /// What the verifier finds in the plan, as `V201 m001`; `change` is applied to the finished plan.
  func verdict(_ change: (inout EvacuationPlan) -> Void = { _ in }) -> [String] {
    var plan = plan()
    change(&plan)
    return findings(in: plan).map { "\($0.code.rawValue) \($0.place)" }
  }

  func findings(in plan: EvacuationPlan) -> [Finding] {
    PlanVerifier.verify(plan, inventory: inventory, policy: policy)
  }

  /// As `small`, after `change`.
  static func small(_ change: (inout Self) -> Void) -> Self {
    var builder = small
    change(&builder)
    return builder
  }

  /// `small` without its steps and its guests on host-1 but `vms`, for plans of a test's own.
  static func empty(_ vms: [VirtualMachine], change: (inout Self) -> Void = { _ in }) -> Self {
    var builder = Self(inventory: .threeHosts, drain: ["host-1"])
    builder.inventory.virtualMachines = vms
    change(&builder)
    return builder
  }
}
