public import Quantities

/// How memory is migrated live.
public struct PreCopyPolicy: Hashable, Sendable {
  /// The pause that is permitted, as it develops during a migration.
  public var downtimeLimit: DowntimeLimit
  /// Slowing the guest's CPUs until it converges; `nil` is off.
  public var autoConverge: AutoConverge?
  /// Switching to post-copy; `nil` is not permitted.
  public var postCopy: PostCopyPolicy?
  /// Sending differences of pages sent before; `nil` is off.
  public var xbzrle: XBZRLE?
  /// When the platform gives up.
  public var completionTimeout: CompletionTimeout
  /// What it does then.
  public var timeoutAction: TimeoutAction
  /// Who switches to post-copy where it is permitted.
  public var postCopySwitch: PostCopySwitch
  /// The longest time without progress, as the platform sees progress; `nil`: any.
  public var progressTimeout: Duration?
  /// Looking for a stall at every pass; `nil` is off.
  public var stallDetector: StallDetector?

  /// Pre-copy settings.
  public init(
    downtimeLimit: DowntimeLimit, autoConverge: AutoConverge? = nil, postCopy: PostCopyPolicy? = nil,
    xbzrle: XBZRLE? = nil, completionTimeout: CompletionTimeout = .never,
    timeoutAction: TimeoutAction = .abort, postCopySwitch: PostCopySwitch = .operator,
    progressTimeout: Duration? = nil, stallDetector: StallDetector? = nil
  ) {
    self.downtimeLimit = downtimeLimit
    self.autoConverge = autoConverge
    self.postCopy = postCopy
    self.xbzrle = xbzrle
    self.completionTimeout = completionTimeout
    self.timeoutAction = timeoutAction
    self.postCopySwitch = postCopySwitch
    self.progressTimeout = progressTimeout
    self.stallDetector = stallDetector
  }
}

/// The pause that QEMU may plan for its last round, as it develops during a migration.
public enum DowntimeLimit: Hashable, Sendable {
  /// One value throughout.
  case fixed(Duration)
  /// Nova's ladder (nova/virt/libvirt/migration.py, `downtime_steps`): `steps` + 1 values from
  /// `final` / `steps` up to `final`, one every `delayPerGibibyte` × data size.
  case ladder(final: Duration, steps: Int, delayPerGibibyte: Duration)
  /// The same times, but values that grow by a factor: Nova up to Newton (nova/virt/libvirt/driver.py,
  /// `_migration_downtime_steps`; linear since bcd584f293, December 2016).
  case exponentialLadder(final: Duration, steps: Int, delayPerGibibyte: Duration)
  /// Proxmox VE (PVE/QemuMigrate.pm, `phase2`): doubled each time the remainder has grown at six polls.
  case doubling(initial: Duration)

  /// The value that the platform's setting is named after: the fixed, the final or the initial one.
  public var nominal: Duration {
    switch self {
    case .fixed(let limit), .doubling(let limit): limit
    case .ladder(let limit, _, _), .exponentialLadder(let limit, _, _): limit
    }
  }
}

/// QEMU's auto-converge: cpu-throttle-initial, cpu-throttle-increment, max-cpu-throttle.
public struct AutoConverge: Hashable, Sendable {
  /// The first throttle.
  public var initial: Ratio
  /// What each further step adds.
  public var increment: Ratio
  /// The highest throttle.
  public var maximum: Ratio

  /// QEMU's defaults: 20 %, 10 %, 99 % (migration/options.c, 2.5 to 10.0).
  public init(initial: Ratio = .percent(20), increment: Ratio = .percent(10), maximum: Ratio = .percent(99)) {
    self.initial = initial
    self.increment = increment
    self.maximum = maximum
  }
}

/// When to switch to post-copy.
public struct PostCopyPolicy: Hashable, Sendable {
  /// Seconds of transfer after which to switch; `nil`: after the first pass.
  public var after: Duration?

  /// Post-copy after `after`, or after the first pass.
  public init(after: Duration? = nil) {
    self.after = after
  }
}

/// Who switches to post-copy where it is permitted.
public enum PostCopySwitch: String, CaseIterable, Hashable, Sendable {
  /// The operator by a command, or the platform at its completion timeout if that is its action.
  case `operator`
  /// The platform by itself from the second pass on, as soon as less than 10 % of what remained at one poll is gone
  /// at the next (Nova Newton to Rocky, `should_switch_to_postcopy`).
  case slowProgress = "slow_progress"
}

/// Differential encoding of pages sent before.
public struct XBZRLE: Hashable, Sendable {
  /// The page cache's size; `nil`: the platform's rule.
  public var cache: ByteCount?

  /// Encoding with a cache of `cache`.
  public init(cache: ByteCount? = nil) {
    self.cache = cache
  }
}

/// When the platform gives up on a live migration.
public enum CompletionTimeout: Hashable, Sendable {
  /// Never.
  case never
  /// After a time.
  case fixed(Duration)
  /// After a time for each GiB of data, as the platform counts data.
  case perGibibyte(Duration)
}

/// What happens at the completion timeout.
public enum TimeoutAction: String, CaseIterable, Hashable, Sendable {
  /// The guest goes on at the source.
  case abort
  /// Post-copy if it is permitted, else the guest is paused until the rest is sent.
  case forceComplete = "force_complete"
}

/// How stopped guests are moved.
public struct ColdPolicy: Hashable, Sendable {
  /// Whether a running guest may be shut down to be moved.
  public var allowed: Bool
  /// How long a guest takes to shut down.
  public var shutdown: Duration
  /// How long a guest takes to boot.
  public var boot: Duration

  /// Cold settings.
  public init(allowed: Bool = true, shutdown: Duration = .seconds(60), boot: Duration = .seconds(90)) {
    self.allowed = allowed
    self.shutdown = shutdown
    self.boot = boot
  }
}
