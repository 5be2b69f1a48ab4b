import EvacuationModel

/// Settings that the platform does not have in the release at hand: a policy may name them, and they stay off.
struct ReleaseLimits {
  private let reasons: [String: String]

  init(_ profile: PlatformProfile, platform: Platform, release: PlatformRelease?) {
    var reasons: [String: String] = [:]
    if platform == .nova, !(release?.precedes("stein") ?? false) {
      reasons["progress_timeout"] = profile.progressTimeout.source
    }
    if platform == .kubevirt, let release, release.precedes("1.9") {
      reasons["stall_detector"] = "KubeVirt has one since 1.9"
    }
    if platform == .nova, let release, release.precedes("newton") {
      reasons["post_copy"] = "Nova permits post-copy since Newton"
      reasons["auto_converge"] = "Nova permits auto-converge since Newton"
    }
    if platform == .nova, let release, release.precedes("stein") {
      reasons["timeout_action"] = "Nova before Stein always aborts"
    }
    self.reasons = reasons
  }

  /// Whether there is such a thing as `key`; reports it at `value` if not.
  func permit(_ key: String, at value: SourceValue) -> Bool {
    guard let reason = reasons[key] else { return true }
    value.report(
      .notSupported, "`\(key)` has no effect here: \(reason)",
      help: "remove it, or let the inventory state a `platform_version` that has it")
    return false
  }

  /// Reads as `read` does, and takes what is on for off where there is no such thing as `key`.
  func permitting<Value>(
    _ key: String, _ read: @escaping (SourceValue) -> Value??
  ) -> (SourceValue) -> Value?? {
    { value in
      guard let asked = read(value) else { return nil }
      return asked == nil || permit(key, at: value) ? .some(asked) : .some(nil)
    }
  }
}
