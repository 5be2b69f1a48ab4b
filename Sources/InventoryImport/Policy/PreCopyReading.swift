import EvacuationModel
import Quantities

/// What pre-copy settings start from: the platform's own defaults, or for a rule the policy's settings.
struct PreCopyBase {
  let downtimeLimit: Sourced<DowntimeLimit>
  let autoConverge: Sourced<AutoConverge?>
  let postCopy: Sourced<PostCopyPolicy?>
  let xbzrle: Sourced<XBZRLE?>
  let completionTimeout: Sourced<CompletionTimeout>
  let timeoutAction: Sourced<TimeoutAction>

  init(_ profile: PlatformProfile) {
    downtimeLimit = profile.downtimeLimit
    autoConverge = profile.autoConverge
    postCopy = Sourced(nil, "a network fault during post-copy loses the guest")
    xbzrle = profile.xbzrle
    completionTimeout = profile.completionTimeout
    timeoutAction = Sourced(.abort, "the guest goes on at the source")
  }

  init(_ policy: PreCopyPolicy) {
    let source = "the policy's own"
    downtimeLimit = Sourced(policy.downtimeLimit, source)
    autoConverge = Sourced(policy.autoConverge, source)
    postCopy = Sourced(policy.postCopy, source)
    xbzrle = Sourced(policy.xbzrle, source)
    completionTimeout = Sourced(policy.completionTimeout, source)
    timeoutAction = Sourced(policy.timeoutAction, source)
  }
}

extension PolicyReader {
  static func preCopy(_ section: PolicySection, _ base: PreCopyBase) -> PreCopyPolicy {
    PreCopyPolicy(
      downtimeLimit: downtimeLimit(section, base.downtimeLimit),
      autoConverge: section.setting("auto_converge", base.autoConverge, text: text) { value in
        value.toggle(on: base.autoConverge.value ?? AutoConverge()) { autoConverge($0) }
      },
      postCopy: section.setting("post_copy", base.postCopy, text: text) { value in
        value.toggle(on: base.postCopy.value ?? PostCopyPolicy()) {
          PostCopyPolicy(after: $0["after"]?.quantity())
        }
      },
      xbzrle: section.setting("xbzrle", base.xbzrle, text: text) { value in
        value.toggle(on: base.xbzrle.value ?? XBZRLE()) { XBZRLE(cache: $0["cache"]?.positive()) }
      },
      completionTimeout: completionTimeout(section, base.completionTimeout),
      timeoutAction: section.setting("timeout_action", base.timeoutAction, text: \.rawValue) { $0.choice() })
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
