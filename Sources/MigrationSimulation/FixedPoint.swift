import Quantities

/// Where the passes of a guest settle that outruns its link: V* = U(V*/B).
///
/// A pass that starts with V bytes sends down to p, at or just below the threshold, in t = (V − p)/B. Pages are sent in
/// proportion, so that of class i pᵢ = Vᵢ p/V are left, and the sync that ends it finds pᵢ + (Wᵢ − pᵢ)(1 − e^(−λᵢt)).
/// In a pass that repeats this is Vᵢ again: Vᵢ = Wᵢ (1 − eᵢ)/(1 − eᵢ p/V) with eᵢ = e^(−λᵢt). The sum over the
/// classes is concave in V, so one evaluation tells on which side of V* a remainder lies.
struct FixedPoint: Sendable {
  private let bytes: SIMD4<Double>
  private let perSecond: SIMD4<Double>
  private let rate: Double

  /// The passes of a guest that writes by `curve`, slowed to `pace` of its speed, over `rate` bytes per second.
  init(curve: DirtyCurve, pace: Double = 1, rate: Double) {
    bytes = curve.bytes
    perSecond = curve.perSecond * pace
    self.rate = rate
  }

  /// Whether passes from just above `rest` grow: Σ Wᵢλᵢ/(B + λᵢp) > 1. For one class that is p < W(1 − B/(λW)).
  func grows(above rest: Double) -> Bool {
    guard rate > 0 else { return true }
    return (bytes * perSecond / (perSecond * rest + rate)).sum() > 1
  }

  /// What remains by class after a repeating pass from `total` down to `rest` bytes.
  @inline(__always)
  func remaining(from total: Double, to rest: Double) -> SIMD4<Double> {
    let left = rest / total
    let share = DirtyCurve.share(perSecond, (total - rest) / rate)
    return bytes * share / (share * left + (1 - left))
  }

  /// Whether passes from `total` can never end at or below `threshold`, wherever their last window or slice ends.
  ///
  /// Halfway between both, even the pass that ends soonest has to leave more than it began with. Where bursts decide,
  /// sending may be two quotas ahead of the clock, and leave nothing.
  func neverFalls(to threshold: Double, from total: Double, _ speed: PassSpeed) -> Bool {
    guard grows(above: threshold) else { return false }
    let inBursts = speed.isDecidedByBursts(threshold: threshold)
    let middle = (threshold + total) / 2
    guard middle > threshold + (inBursts ? 4 : 1) * speed.quota else { return false }
    if inBursts {
      let sent = middle - threshold - 2 * speed.quota
      return (bytes * DirtyCurve.share(perSecond, sent / rate)).sum() >= middle
    }
    return remaining(from: middle, to: threshold).sum() >= middle
      && remaining(from: middle, to: max(0, threshold - speed.quota)).sum() >= middle
  }

  /// Whether passes end at or below `threshold`: whether the shortest pass from there, one slice of `quota` bytes,
  /// leaves no more than it began with. Longer passes do then as well, because what they dirty is concave in time.
  func falls(to threshold: Double, quota: Double) -> Bool {
    guard threshold > 0 else { return !grows(above: 0) }
    let rest = max(0, threshold - quota)
    return remaining(from: threshold, to: rest).sum() <= threshold
  }

  /// V* by class, to within 10⁻⁴, and the length of a pass, for a guest that never falls from `total` to `threshold`.
  func settled(
    at threshold: Double, below total: Double, _ speed: PassSpeed
  ) -> (pending: SIMD4<Double>, seconds: Double) {
    let rest = max(threshold - speed.quota / 2, 0)
    var low = (threshold + total) / 2
    var high = max(low, bytes.sum())
    var result = remaining(from: high, to: rest)
    high = min(high, max(low, result.sum()))
    for _ in 0..<40 where high - low > 1e-4 * high {
      let middle = (low + high) / 2
      result = remaining(from: middle, to: rest)
      // What a pass leaves lies between where it began and V*.
      let next = result.sum()
      if next >= middle { low = min(next, high) } else { high = max(next, low) }
    }
    return (result, (result.sum() - rest) / rate)
  }
}
