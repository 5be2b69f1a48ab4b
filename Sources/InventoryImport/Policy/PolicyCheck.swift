public import EvacuationModel

/// Compares a policy with the inventory that it is used on.
public enum PolicyCheck {
  /// Rules that match no virtual machine, and destinations that the inventory does not have. Places are
  /// `rules[3]`, without lines: a policy no longer knows its file.
  ///
  /// A policy may hold a rule for each machine: plain names are looked up, not searched for.
  public static func findings(for policy: Policy, inventory: Inventory, path: String) -> [Finding] {
    let guests = Dictionary(
      inventory.virtualMachines.map { ($0.id.name, $0) }, uniquingKeysWith: { first, _ in first })
    let hosts = Set(inventory.hosts.map(\.id))
    return policy.rules.rules.enumerated().flatMap { index, rule in
      let place = "rules[\(index)]"
      return [useless(rule.match, guests, inventory, path, place)].compactMap { $0 }
        + unknownDestinations(rule, hosts, path, place)
    }
  }

  private static func useless(
    _ match: RuleMatch, _ guests: [String: VirtualMachine], _ inventory: Inventory, _ path: String,
    _ place: String
  ) -> Finding? {
    let isUsed: Bool
    if let name = match.name, Glob(name).isPlain {
      isUsed = guests[name].map { match.matches($0) } ?? false
    } else {
      isUsed = inventory.virtualMachines.contains { match.matches($0) }
    }
    guard !isUsed else { return nil }
    return Finding(
      .uselessRule, path: path, place: "\(place).match", message: "no virtual machine matches this rule",
      help: "check its name, host and labels; `*` and `?` are the only wildcards")
  }

  private static func unknownDestinations(
    _ rule: PolicyRule, _ hosts: Set<Host.ID>, _ path: String, _ place: String
  ) -> [Finding] {
    (rule.destinations ?? []).enumerated().filter { !hosts.contains($0.element) }.map { index, host in
      Finding(
        .unknownReference, path: path, place: "\(place).destinations[\(index)]",
        message: "there is no host named \(quoted(host.name))",
        help: "correct the name, or add the host to the inventory")
    }
  }
}
