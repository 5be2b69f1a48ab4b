import EvacuationModel

/// The plan belongs to this inventory and this policy, by name; the command compares the digests.
enum OtherInputCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    [
      finding("inventory", planned: plan.plan.inventory.name, given: plan.inventory.name),
      finding("policy", planned: plan.plan.policy.name, given: plan.policy.name),
    ].compactMap { $0 }
  }

  private static func finding(_ kind: String, planned: String, given: String) -> Finding? {
    guard planned != given else { return nil }
    return Finding.inPlan(
      .otherInput, at: kind, "the plan was made from \(kind) \(planned), not from \(given)",
      help: "verify with the \(kind) that the plan names, or plan again")
  }
}
