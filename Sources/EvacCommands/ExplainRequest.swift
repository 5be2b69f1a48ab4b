import EvacuationModel

/// Checks what is to be explained against plan and inventory.
enum ExplainRequest {
  /// Nothing is called `name`.
  static func unknown(_ name: String, plan: EvacuationPlan, inventory: Inventory) -> Finding {
    let known =
      inventory.virtualMachines.map(\.id.name) + inventory.hosts.map(\.id.name) + plan.steps.map(\.id.name)
    return Finding(
      .nothingToExplain, path: "--explain", place: name,
      message: "is neither a virtual machine nor a host of the inventory nor a step of this plan",
      help: Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
        ?? "name a virtual machine, a host or a step such as m001")
  }
}
