/// A link speed, a dirty rate or a disk throughput, in bytes per second.
///
/// Links are quoted in bits and memory in bytes; the two meet only here.
public struct DataRate: Hashable, Comparable, Sendable {
  /// Bytes per second.
  public let bytesPerSecond: Double

  /// A rate of `bytesPerSecond` bytes per second.
  public init(bytesPerSecond: Double) {
    self.bytesPerSecond = bytesPerSecond
  }

  /// Nothing at all.
  public static let zero = Self(bytesPerSecond: 0)

  /// No bound: larger than every link.
  public static let unlimited = Self(bytesPerSecond: .infinity)

  /// `value` × 10⁹ bits per second.
  public static func gigabitsPerSecond(_ value: Double) -> Self { Self(bytesPerSecond: value * 125_000_000) }

  /// `value` × 10⁶ bytes per second.
  public static func megabytesPerSecond(_ value: Double) -> Self { Self(bytesPerSecond: value * 1_000_000) }

  /// `value` × 2²⁰ bytes per second.
  public static func mebibytesPerSecond(_ value: Double) -> Self { Self(bytesPerSecond: value * 1_048_576) }

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.bytesPerSecond < rhs.bytesPerSecond }

  /// The sum.
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(bytesPerSecond: lhs.bytesPerSecond + rhs.bytesPerSecond)
  }

  /// The product.
  public static func * (lhs: Self, rhs: Double) -> Self {
    Self(bytesPerSecond: lhs.bytesPerSecond * rhs)
  }

  /// The share `rhs` of the rate.
  public static func * (lhs: Self, rhs: Ratio) -> Self { lhs * rhs.fraction }
}

extension DataRate: CustomStringConvertible {
  /// Three significant digits in the largest fitting IEC unit per second, or `unlimited`.
  public var description: String {
    bytesPerSecond.isInfinite
      ? "unlimited" : "\(ByteCount(rounding: bytesPerSecond).description)/s"
  }
}
