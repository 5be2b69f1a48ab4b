/// One setting of a policy as it counts, with where it comes from.
public struct EffectiveSetting: Hashable, Sendable {
  /// Its key, such as `precopy.downtime_limit`.
  public var key: String
  /// Its value as an operator reads it.
  public var value: String
  /// `policies/x.yaml:12`, or `default: ` and the source of the default.
  public var origin: String

  /// The setting `key`.
  public init(key: String, value: String, origin: String) {
    self.key = key
    self.value = value
    self.origin = origin
  }
}

/// A policy together with the origin of each of its settings.
public struct EffectivePolicy: Hashable, Sendable {
  /// The policy, complete.
  public var policy: Policy
  /// Every key, in the format's order.
  public var settings: [EffectiveSetting]

  /// A policy and its settings.
  public init(policy: Policy, settings: [EffectiveSetting]) {
    self.policy = policy
    self.settings = settings
  }
}
