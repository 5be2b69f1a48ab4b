/// Every knob of a plan, complete: the reader fills what a file leaves out from the platform's own
/// defaults, so that nothing below asks "and if it is missing?".
public struct Policy: Hashable, Sendable {
  /// What the policy is called.
  public var name: String
  /// The platform's release whose habits and defaults count; `nil`: today's.
  public var release: PlatformRelease?
  /// How many migrations at once.
  public var concurrency: ConcurrencyLimits
  /// What migrations may use of the network.
  public var network: NetworkPolicy
  /// How memory is migrated live.
  public var precopy: PreCopyPolicy
  /// How stopped guests are moved.
  public var cold: ColdPolicy
  /// How full hosts may become.
  public var capacity: CapacityPolicy
  /// Whether guests of hosts that stay may be moved to make room.
  public var moveOthers: Bool
  /// Which hosts are preferred as destinations.
  public var receivers: ReceiverPreference
  /// What happens to an empty host.
  public var maintenance: MaintenancePolicy
  /// When the work has to be done.
  public var window: MaintenanceWindow
  /// Exceptions; the first match wins.
  public var rules: PolicyRules
  /// What counts for single guests instead of all rules. No file has it: a second plan treats guests by what became of them
  /// in the first.
  public var ownSettings: [VirtualMachine.ID: MigrationSettings] = [:]

  /// A policy with `platform`'s own defaults in `release`, or as they are today.
  public init(name: String, platform: Platform, release: PlatformRelease? = nil) {
    let profile = PlatformProfile.of(platform, release: release)
    self.name = name
    self.release = release
    concurrency = ConcurrencyLimits(
      liveOutboundPerHost: profile.liveOutboundPerHost.value, perCluster: profile.perCluster.value,
      coldOutboundPerHost: .unlimited)
    network = NetworkPolicy(
      bandwidthLimitPerMigration: profile.bandwidthLimit.value, sshTunnel: profile.sshTunnel.value,
      streamRate: profile.stream(sshTunnel: profile.sshTunnel.value).value, fixedTime: profile.fixedTime.value
    )
    precopy = PreCopyPolicy(
      downtimeLimit: profile.downtimeLimit.value, autoConverge: profile.autoConverge.value,
      xbzrle: profile.xbzrle.value, completionTimeout: profile.completionTimeout.value,
      timeoutAction: profile.timeoutAction.value, postCopySwitch: profile.postCopySwitch.value,
      progressTimeout: profile.progressTimeout.value)
    cold = ColdPolicy()
    capacity = CapacityPolicy()
    moveOthers = false
    receivers = .spread
    maintenance = MaintenancePolicy()
    window = MaintenanceWindow()
    rules = PolicyRules([])
  }
}
