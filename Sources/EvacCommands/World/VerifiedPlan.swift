import EvacuationModel
import PlanVerification

/// A plan that has passed its own verification: no other is ever shown.
enum VerifiedPlan {
  /// `plan` with what verification found.
  static func of(_ plan: EvacuationPlan, inventory: Inventory, policy: Policy) throws -> EvacuationPlan {
    let findings = PlanVerifier.verify(plan, inventory: inventory, policy: policy)
    if findings.contains(where: { $0.severity == .error }) {
      Console.remark(
        "evac made a plan that fails its own verification. This is a bug in evac; the plan is not shown.\n")
      Console.remark(findings)
      throw ExitStatus.bug
    }
    var verified = plan
    verified.findings = findings
    return verified
  }
}
