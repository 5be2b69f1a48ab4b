import EvacuationModel
import Quantities

/// What pre-copy settings start from: the platform's own defaults, or for a rule the policy's settings.
struct PreCopyBase {
  let downtimeLimit: Sourced<DowntimeLimit>
  let autoConverge: Sourced<AutoConverge?>
  let postCopy: Sourced<PostCopyPolicy?>
  let postCopySwitch: Sourced<PostCopySwitch>
  let xbzrle: Sourced<XBZRLE?>
  let completionTimeout: Sourced<CompletionTimeout>
  let timeoutAction: Sourced<TimeoutAction>
  let progressTimeout: Sourced<Duration?>
  let stallDetector: Sourced<StallDetector?>
  let platform: Platform
  let limits: ReleaseLimits

  init(_ profile: PlatformProfile, _ platform: Platform, _ limits: ReleaseLimits) {
    downtimeLimit = profile.downtimeLimit
    autoConverge = profile.autoConverge
    postCopy = Sourced(nil, "a network fault during post-copy loses the guest")
    postCopySwitch = profile.postCopySwitch
    xbzrle = profile.xbzrle
    completionTimeout = profile.completionTimeout
    timeoutAction = profile.timeoutAction
    progressTimeout = profile.progressTimeout
    stallDetector = Sourced(nil, "only KubeVirt has one, behind a feature gate")
    self.platform = platform
    self.limits = limits
  }

  init(_ policy: Policy, _ platform: Platform, _ limits: ReleaseLimits) {
    let source = "the policy's own"
    let precopy = policy.precopy
    downtimeLimit = Sourced(precopy.downtimeLimit, source)
    autoConverge = Sourced(precopy.autoConverge, source)
    postCopy = Sourced(precopy.postCopy, source)
    postCopySwitch = Sourced(precopy.postCopySwitch, source)
    xbzrle = Sourced(precopy.xbzrle, source)
    completionTimeout = Sourced(precopy.completionTimeout, source)
    timeoutAction = Sourced(precopy.timeoutAction, source)
    progressTimeout = Sourced(precopy.progressTimeout, source)
    stallDetector = Sourced(precopy.stallDetector, source)
    self.platform = platform
    self.limits = limits
  }

  /// KubeVirt disturbs a workload at the timeout if it may switch it to post-copy, unless told otherwise.
  func timeoutAction(with postCopy: PostCopyPolicy?) -> Sourced<TimeoutAction> {
    guard platform == .kubevirt, postCopy != nil, self.postCopy.value == nil else { return timeoutAction }
    return Sourced(.forceComplete, "KubeVirt migrations.allowWorkloadDisruption, by default allowPostCopy")
  }
}

extension PolicyReader {
  static func preCopy(_ section: PolicySection, _ base: PreCopyBase) -> PreCopyPolicy {
    var policy = PreCopyPolicy(downtimeLimit: downtimeLimit(section, base.downtimeLimit))
    policy.autoConverge = section.setting(
      "auto_converge", base.autoConverge, text: text,
      read: base.limits.permitting("auto_converge") { value in
        value.toggle(on: base.autoConverge.value ?? AutoConverge()) { autoConverge($0) }
      })
    policy.postCopy = section.setting(
      "post_copy", base.postCopy, text: text,
      read: base.limits.permitting("post_copy") { value in
        value.toggle(on: base.postCopy.value ?? PostCopyPolicy()) {
          PostCopyPolicy(after: $0["after"]?.quantity())
        }
      })
    policy.postCopySwitch = section.setting("post_copy_switch", base.postCopySwitch, text: \.rawValue) {
      $0.choice()
    }
    policy.xbzrle = section.setting("xbzrle", base.xbzrle, text: text) { value in
      value.toggle(on: base.xbzrle.value ?? XBZRLE()) { XBZRLE(cache: $0["cache"]?.positive()) }
    }
    policy.completionTimeout = completionTimeout(section, base.completionTimeout)
    policy.timeoutAction = section.setting(
      "timeout_action", base.timeoutAction(with: policy.postCopy), text: \.rawValue
    ) { value in
      guard let action = value.choice(TimeoutAction.self) else { return nil }
      return action == .abort || base.limits.permit("timeout_action", at: value) ? action : .abort
    }
    policy.progressTimeout = section.setting(
      "progress_timeout", base.progressTimeout, text: { $0?.text ?? "never" },
      read: base.limits.permitting("progress_timeout", progressTimeout))
    policy.stallDetector = section.setting(
      "stall_detector", base.stallDetector, text: text,
      read: base.limits.permitting("stall_detector") { value in
        value.toggle(on: base.stallDetector.value ?? StallDetector()) { stallDetector($0) }
      })
    return policy
  }

  private static func progressTimeout(_ value: SourceValue) -> Duration?? {
    value.kind == .string && value.text == "never" ? .some(nil) : value.positive().map { .some($0) }
  }

  private static func stallDetector(_ fields: Fields) -> StallDetector {
    var result = StallDetector()
    result.leastProgress = fields["least_progress"]?.positiveShare() ?? result.leastProgress
    result.window = fields["window"]?.positive() ?? result.window
    result.patience = fields["patience"]?.positive() ?? result.patience
    result.maxDowntime = fields["max_downtime"]?.positive() ?? result.maxDowntime
    return result
  }

  private static func text(_ detector: StallDetector?) -> String {
    detector.map { "less than \($0.leastProgress) in \($0.window.text), then at most \($0.maxDowntime.text)" }
      ?? "off"
  }

  private static func autoConverge(_ fields: Fields) -> AutoConverge {
    var result = AutoConverge()
    result.initial = fields["initial"]?.positiveShare() ?? result.initial
    result.increment = fields["increment"]?.positiveShare() ?? result.increment
    result.maximum = fields["max"]?.positiveShare() ?? result.maximum
    if result.maximum < result.initial || result.maximum >= .one {
      fields.report(
        .contradictorySettings, severity: .error,
        "auto-converge goes from \(result.initial) to \(result.maximum)",
        help: "`max` is at least `initial` and below 100 %; QEMU takes at most 99 %")
    }
    return result
  }

  private static func text(_ autoConverge: AutoConverge?) -> String {
    autoConverge.map { "\($0.initial), then \($0.increment) more, at most \($0.maximum)" } ?? "off"
  }

  private static func text(_ postCopy: PostCopyPolicy?) -> String {
    postCopy.map { $0.after.map { "after \($0.text)" } ?? "after the first pass" } ?? "off"
  }

  private static func text(_ xbzrle: XBZRLE?) -> String {
    xbzrle.map { $0.cache.map { "cache \($0)" } ?? "on" } ?? "off"
  }
}
