public import Quantities

/// How many hosts may be out at once.
public enum HostsOut: Hashable, Sendable, CustomStringConvertible {
  /// At most so many.
  case atMost(Int)
  /// This share of the hosts that are maintained, rounded down, but one at least.
  case share(Ratio)
  /// No limit.
  case unlimited

  /// The limit for `hosts` hosts.
  public func limit(of hosts: Int) -> Limit {
    switch self {
    case .atMost(let most): .atMost(most)
    case .share(let share): .atMost(max(1, Int(min(max(0, share.fraction), 1) * Double(hosts) + 1e-9)))
    case .unlimited: .unlimited
    }
  }

  /// The number, the share, or `unlimited`.
  public var description: String {
    switch self {
    case .atMost(let most): "\(most)"
    case .share(let share): share.description
    case .unlimited: "unlimited"
    }
  }
}

/// What happens to an empty host.
public struct MaintenancePolicy: Hashable, Sendable {
  /// How long a host is out once it is empty.
  public var durationPerHost: Duration
  /// How many hosts may be out at once.
  public var maxHostsOut: HostsOut
  /// Whether guests go back to their hosts when all maintenance is over.
  public var returnHome: Bool

  /// Maintenance settings.
  public init(
    durationPerHost: Duration = .seconds(1200), maxHostsOut: HostsOut = .atMost(1),
    returnHome: Bool = false
  ) {
    self.durationPerHost = durationPerHost
    self.maxHostsOut = maxHostsOut
    self.returnHome = returnHome
  }
}

/// When the work has to be done.
public struct MaintenanceWindow: Hashable, Sendable {
  /// How long there is; `nil`: no bound.
  public var duration: Duration?
  /// When it begins.
  public var start: Instant?
  /// The probability with which the work should fit.
  public var confidence: Ratio

  /// A window.
  public init(duration: Duration? = nil, start: Instant? = nil, confidence: Ratio = .percent(90)) {
    self.duration = duration
    self.start = start
    self.confidence = confidence
  }
}
