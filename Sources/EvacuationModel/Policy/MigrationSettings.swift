/// What the policy says about one virtual machine: the general settings with its rule applied.
public struct MigrationSettings: Hashable, Sendable {
  /// How its memory is migrated live.
  public var precopy: PreCopyPolicy
  /// How it is moved when stopped.
  public var cold: ColdPolicy
  /// The modes that are permitted.
  public var modes: [MigrationMode]
  /// The longest pause of a live or block migration; `nil`: whatever the downtime limit leads to.
  public var maxDowntime: Duration?
  /// Higher moves earlier.
  public var priority: Int
  /// The only hosts it may go to; `nil`: any.
  public var destinations: [Host.ID]?
  /// A known duration.
  public var duration: Duration?
  /// When it is not to be moved.
  public var notBetween: [Blackout]
  /// Whether it switches to post-copy although it would converge by itself; no file says so, a second try does.
  public var insistsOnPostCopy = false
  /// Whether nobody may take anything of its path from it; no file says so, a second try does.
  public var goesAlone = false
  /// Why it is treated so, for whoever reads the plan.
  public var reasons: [String] = []
}

extension Policy {
  /// What this policy says about `vm`.
  public func settings(for vm: VirtualMachine) -> MigrationSettings {
    if let own = ownSettings[vm.id] { return own }
    let rule = rules.first(for: vm)
    let cold = rule?.cold ?? cold
    return MigrationSettings(
      precopy: rule?.precopy ?? precopy, cold: cold,
      modes: rule?.modes ?? (cold.allowed ? MigrationMode.allCases : [.live, .block]),
      maxDowntime: rule?.maxDowntime, priority: rule?.priority ?? 0, destinations: rule?.destinations,
      duration: rule?.duration, notBetween: rule?.notBetween ?? [])
  }
}
