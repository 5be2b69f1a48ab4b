import EvacuationModel
import Quantities

extension PolicyReader {
  static func window(_ section: PolicySection, _ defaults: MaintenanceWindow) -> MaintenanceWindow {
    let unbound = "no bound"
    let duration = section.setting(
      "duration", Sourced(defaults.duration, unbound), text: { $0?.text ?? "none" }
    ) { .some($0.positive()) }
    let start = section.setting("start", Sourced(defaults.start, unbound), text: text) {
      .some($0.instant())
    }
    let end = section.setting("end", Sourced(Instant?.none, unbound), text: text) { .some($0.instant()) }
    let confidence = section.setting(
      "confidence", Sourced(defaults.confidence, "1 plan in 10 may take longer"), text: \.description
    ) { $0.positiveShare() }
    return MaintenanceWindow(
      duration: bounded(duration, start: start, end: end, section), start: start, confidence: confidence)
  }

  private static func bounded(
    _ duration: Duration?, start: Instant?, end: Instant?, _ section: PolicySection
  ) -> Duration? {
    guard let end else { return duration }
    guard let start else {
      section.contradiction(
        .warning, "`end` has no effect without `start`", help: "add `start`, or write `duration` instead")
      return duration
    }
    let span = Duration(clampingSeconds: end.secondsSince1970 - start.secondsSince1970)
    guard span > .zero else {
      section.contradiction(
        .error, "the window ends before it starts", help: "check day and zone of `start` and `end`")
      return duration
    }
    if let duration, duration != span {
      section.contradiction(
        .warning,
        "`duration` is \(duration.text), from `start` to `end` it is \(span.text): the latter counts",
        help: "remove `duration` or `end`")
    }
    return span
  }

  private static func text(_ instant: Instant?) -> String { instant?.iso8601 ?? "none" }
}
