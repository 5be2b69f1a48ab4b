import Quantities

/// A moment of a plan as a clock that starts with it.
enum ClockText {
  /// `+01:02:03`, to the second.
  static func of(_ time: PlanTime) -> String {
    let seconds = Int(min(max(time.seconds, 0), 1e9).rounded())
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "+" + parts.joined(separator: ":")
  }
}
