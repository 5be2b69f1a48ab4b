import EvacuationModel
import Quantities

extension PolicyReader {
  /// Two keys for one setting: a time for each GiB of data, or a fixed time, which counts if both are given.
  static func completionTimeout(
    _ section: PolicySection, _ base: Sourced<CompletionTimeout>
  ) -> CompletionTimeout {
    let statesFixed = section.states("completion_timeout")
    let statesPerGibibyte = section.states("completion_timeout_per_gib")
    if statesFixed, statesPerGibibyte {
      section.contradiction(
        .warning, "completion_timeout and completion_timeout_per_gib are both given: the first one counts",
        help: "remove one of the two")
    }
    let unused = Sourced(CompletionTimeout.never, "the other key is given")
    let perGibibyte = section.setting(
      "completion_timeout_per_gib", statesFixed ? unused : base,
      text: { if case .perGibibyte(let time) = $0, !statesFixed { time.text } else { "not used" } },
      read: { timeout($0, CompletionTimeout.perGibibyte) })
    let fixed = section.setting(
      "completion_timeout", statesPerGibibyte ? unused : base,
      text: {
        switch $0 {
        case .fixed(let time): time.text
        case .perGibibyte: "not used"
        case .never: statesPerGibibyte && !statesFixed ? "not used" : "never"
        }
      }, read: { timeout($0, CompletionTimeout.fixed) })
    return statesPerGibibyte && !statesFixed ? perGibibyte : fixed
  }

  private static func timeout(
    _ value: SourceValue, _ make: (Duration) -> CompletionTimeout
  ) -> CompletionTimeout? {
    value.kind == .string && value.text == "never" ? .never : value.positive().map(make)
  }
}
