/// A moment in a plan: the offset from its start. Wall-clock time exists only at the edge.
public struct PlanTime: Hashable, Comparable, Sendable {
  /// Seconds since the plan's start.
  public let seconds: Double

  /// The moment `seconds` after the plan's start.
  public init(seconds: Double) {
    self.seconds = seconds
  }

  /// The plan's start.
  public static let start = Self(seconds: 0)

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.seconds < rhs.seconds }

  /// The sum.
  public static func + (lhs: Self, rhs: Duration) -> Self { Self(seconds: lhs.seconds + rhs.seconds) }

  /// The time that passes from `rhs` to `lhs`.
  public static func - (lhs: Self, rhs: Self) -> Duration {
    .init(clampingSeconds: lhs.seconds - rhs.seconds)
  }
}
