/// A share, a throttle or an overcommit factor: 0.2 is 20 %.
public struct Ratio: Hashable, Comparable, Sendable {
  /// The share as a fraction of one.
  public let fraction: Double

  /// A share of `fraction`.
  public init(_ fraction: Double) {
    self.fraction = fraction
  }

  /// A share of `value` hundredths.
  public static func percent(_ value: Double) -> Self { Self(value / 100) }

  /// Nothing.
  public static let zero = Self(0)

  /// The whole.
  public static let one = Self(1)

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.fraction < rhs.fraction }
}

extension Ratio: CustomStringConvertible {
  /// `20 %`, `87.5 %`.
  public var description: String { "\((fraction * 100).text(significantDigits: 3)) %" }
}
