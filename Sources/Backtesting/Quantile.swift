/// Quantiles of a sample.
enum Quantile {
  /// The value below which `share` (0 to 1) of the ascending `sorted` lie, on a straight line between the two
  /// neighbours; `nil` of nothing.
  static func of(_ sorted: [Double], _ share: Double) -> Double? {
    guard let last = sorted.indices.last else { return nil }
    let place = min(max(share, 0), 1) * Double(last)
    let below = min(Int(place), last)
    let above = min(below + 1, last)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}
