import EvacuationModel

/// Checks the hosts that are to be emptied against inventory and policy.
enum DrainRequest {
  static func findings(drain: [String], inventory: Inventory, policy: Policy) -> [Finding] {
    unknownHosts(drain, inventory: inventory)
      + drainedDestinations(drain, inventory: inventory, policy: policy)
  }

  private static func unknownHosts(_ drain: [String], inventory: Inventory) -> [Finding] {
    let known = inventory.hosts.map(\.id.name)
    let names = Set(known)
    return drain.filter { !names.contains($0) }.map { name in
      Finding(
        .unknownDrainHost, path: "--drain", place: name, message: "the inventory has no such host",
        help: Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
          ?? "the inventory has \(listed(known))")
    }
  }

  /// The first few names, and how many there are if that is not all of them.
  private static func listed(_ names: [String]) -> String {
    guard !names.isEmpty else { return "no hosts" }
    let first = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(names.count) hosts: \(first), …" : first
  }

  /// A rule that leaves a guest of a drained host only drained hosts to go to contradicts the request.
  private static func drainedDestinations(_ drain: [String], inventory: Inventory, policy: Policy)
    -> [Finding]
  {
    let drained = Set(drain.map { Host.ID($0) })
    return inventory.virtualMachines.compactMap { vm in
      guard drained.contains(vm.host), let permitted = policy.rules.first(for: vm)?.destinations,
        !permitted.isEmpty,
        permitted.allSatisfy(drained.contains)
      else { return nil }
      return Finding(
        .drainedDestination, path: "--drain", place: vm.id.name,
        message:
          "the policy sends it to \(permitted.map(\.name).joined(separator: ", ")) only, which is drained as well",
        help: "drain one after the other, or widen the rule's destinations")
    }
  }
}
