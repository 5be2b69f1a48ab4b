/// A number that is known only to lie between two others; both are the same where it is known.
public struct Bounds: Hashable, Sendable {
  /// The least it can be.
  public var low: Double
  /// The most it can be.
  public var high: Double

  /// Between `one` and `other`, in whichever order they come.
  public init(_ one: Double, _ other: Double) {
    low = min(one, other)
    high = max(one, other)
  }

  /// Exactly `value`.
  public init(_ value: Double) {
    self.init(value, value)
  }

  /// The least and the most of `values`; `nil` if there are none.
  public init?(of values: [Double]) {
    guard let low = values.min(), let high = values.max() else { return nil }
    self.init(low, high)
  }
}
