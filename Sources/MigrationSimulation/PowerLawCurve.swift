public import EvacuationModel
import Glibc
public import Quantities

extension DirtyCurve {
  /// The curve D ∝ t^α through two measurements over different periods, as three classes of pages whose rates are a
  /// tenth and a hundredth of each other.
  ///
  /// Databases and other guests with hot, warm and cold pages follow it (PostgreSQL under YCSB: α = 0.71 from 1 to 24 s);
  /// a single working set does not. `nil` where the two cannot come from such a mixture: then one class fits them.
  public init?(powerLaw first: DirtyRateMeasurement, _ second: DirtyRateMeasurement, touched: ByteCount) {
    let (one, other) = (first.period.seconds, second.period.seconds)
    let (start, end) = (first.rate.bytesPerSecond * one, second.rate.bytesPerSecond * other)
    guard one > 0, other > one, start > 0, end > start else { return nil }
    let mixture = PowerLawMixture(growth: end / start, over: other / one)
    guard let weights = mixture.threeClasses ?? mixture.twoClasses else { return nil }
    self.init(
      classes: (0..<3).map { lane in (start * weights[lane], PowerLawMixture.paces[lane] / one) },
      touched: touched)
  }
}

/// What classes of pages have to weigh so that together they dirty a power of the time: 1 in the first period and
/// `growth` times as much in a period `ratio` times as long.
private struct PowerLawMixture {
  /// Writes per page of each class in the shorter period. With the hottest at 1.15 the mixture dirties 1.25 times the
  /// measured rate in the first quarter of the period, as PostgreSQL did from 1.1 to 0.3 s (1.2 to 1.3).
  static let paces = SIMD3(1.15, 0.115, 0.0115)

  let growth: Double
  let ratio: Double

  init(growth: Double, over ratio: Double) {
    self.growth = growth
    self.ratio = ratio
  }

  /// Exact after 1, 10 and 100 periods; `nil` if a class would have to be negative.
  var threeClasses: SIMD3<Double>? {
    let exponent = log(growth) / log(ratio)
    let wanted = SIMD3(1, pow(10, exponent), pow(100, exponent))
    let (hot, warm, cold) = (column(0), column(1), column(2))
    let whole = determinant(hot, warm, cold)
    let weights =
      SIMD3(determinant(wanted, warm, cold), determinant(hot, wanted, cold), determinant(hot, warm, wanted))
      / whole
    return weights.min() >= 0 ? weights : nil
  }

  /// The hot and the cold class alone, for a curve that is nearly straight: exact at the two measurements.
  var twoClasses: SIMD3<Double>? {
    let hot = (-expm1(-Self.paces.x), -expm1(-Self.paces.x * ratio))
    let cold = (-expm1(-Self.paces.z), -expm1(-Self.paces.z * ratio))
    let whole = hot.0 * cold.1 - cold.0 * hot.1
    let weights = SIMD3((cold.1 - cold.0 * growth) / whole, 0, (hot.0 * growth - hot.1) / whole)
    return weights.min() >= 0 ? weights : nil
  }

  private func column(_ lane: Int) -> SIMD3<Double> {
    let pace = Self.paces[lane]
    return SIMD3(-expm1(-pace), -expm1(-10 * pace), -expm1(-100 * pace))
  }

  private func determinant(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) -> Double {
    a.x * (b.y * c.z - b.z * c.y) - b.x * (a.y * c.z - a.z * c.y) + c.x * (a.y * b.z - a.z * b.y)
  }
}
