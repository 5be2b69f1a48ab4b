/// An amount of memory, disk or traffic, in whole bytes.
///
/// Sums saturate instead of trapping: amounts come from files that anybody may have written.
public struct ByteCount: Hashable, Comparable, Sendable {
  /// The amount in bytes; negative only as the result of a subtraction.
  public let bytes: Int64

  /// An amount of `bytes` bytes.
  public init(bytes: Int64) {
    self.bytes = bytes
  }

  /// The whole number of bytes nearest to `value`; not-a-number counts as zero.
  public init(rounding value: Double) {
    if value.isNaN {
      bytes = 0
    } else if value >= 9.2e18 {
      bytes = .max
    } else if value <= -9.2e18 {
      bytes = .min
    } else {
      bytes = Int64(value.rounded())
    }
  }

  /// No bytes at all.
  public static let zero = Self(bytes: 0)

  /// `count` × 2³⁰ bytes.
  public static func gibibytes(_ count: Double) -> Self { Self(rounding: count * 1_073_741_824) }

  /// `count` × 2²⁰ bytes.
  public static func mebibytes(_ count: Double) -> Self { Self(rounding: count * 1_048_576) }

  /// `count` × 10⁹ bytes.
  public static func gigabytes(_ count: Double) -> Self { Self(rounding: count * 1e9) }

  /// The amount in GiB (2³⁰ bytes), not rounded.
  public var gibibytes: Double { Double(bytes) / 1_073_741_824 }

  /// The smaller one comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.bytes < rhs.bytes }

  /// The sum, saturating.
  public static func + (lhs: Self, rhs: Self) -> Self {
    let (sum, overflow) = lhs.bytes.addingReportingOverflow(rhs.bytes)
    return Self(bytes: overflow ? (rhs.bytes > 0 ? .max : .min) : sum)
  }

  /// The difference, saturating.
  public static func - (lhs: Self, rhs: Self) -> Self {
    let (difference, overflow) = lhs.bytes.subtractingReportingOverflow(rhs.bytes)
    return Self(bytes: overflow ? (rhs.bytes > 0 ? .min : .max) : difference)
  }

  /// Adds in place.
  public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }

  /// Subtracts in place.
  public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }

  /// The product.
  public static func * (lhs: Self, rhs: Double) -> Self { Self(rounding: Double(lhs.bytes) * rhs) }
}

extension Sequence<ByteCount> {
  /// The saturating sum.
  public func sum() -> ByteCount { reduce(.zero, +) }
}

extension ByteCount: CustomStringConvertible {
  /// Three significant digits in the largest fitting IEC unit: `16 GiB`, `1.5 TiB`, `774 MiB`.
  public var description: String {
    let magnitude = Double(bytes.magnitude)
    let units: [(String, Double)] = [
      ("PiB", 0x1p50), ("TiB", 0x1p40), ("GiB", 0x1p30), ("MiB", 0x1p20), ("KiB", 0x1p10),
    ]
    for (name, size) in units where magnitude >= size * 0.9995 {
      return "\(Double(bytes).divided(by: size, significantDigits: 3)) \(name)"
    }
    return "\(bytes) B"
  }
}
