public import Quantities

/// What happens to an empty host.
public struct MaintenancePolicy: Hashable, Sendable {
  /// How long a host is out once it is empty.
  public var durationPerHost: Duration
  /// How many hosts may be out at once.
  public var maxHostsOut: Limit

  /// Maintenance settings.
  public init(durationPerHost: Duration = .seconds(1200), maxHostsOut: Limit = .atMost(1)) {
    self.durationPerHost = durationPerHost
    self.maxHostsOut = maxHostsOut
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
