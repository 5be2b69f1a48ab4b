public import EvacuationModel
import Glibc
public import Quantities

extension DirtyCurve {
  /// The curve D ∝ t^α through two measurements over different periods, as three classes of pages with periods of
  /// one, ten and a hundred times the shorter period.
  ///
  /// Databases and other guests with hot, warm and cold pages follow it (PostgreSQL under YCSB: α = 0.71 from 1 to 24 s);
  /// a single working set does not. `nil` where the two cannot come from such a mixture: then one class fits them.
  public init?(powerLaw first: DirtyRateMeasurement, _ second: DirtyRateMeasurement, touched: ByteCount) {
    let (one, other) = (first.period.seconds, second.period.seconds)
    let (start, end) = (first.rate.bytesPerSecond * one, second.rate.bytesPerSecond * other)
    guard one > 0, other > one, start > 0, end > start else { return nil }
    let exponent = log(end / start) / log(other / one)
    guard exponent < 1 else { return nil }
    let weights = Self.weights(exponent: exponent)
    guard (weights .>= .zero) == SIMDMask(repeating: true) else { return nil }
    self.init(
      classes: [
        (start * weights.x, 1 / one), (start * weights.y, 0.1 / one), (start * weights.z, 0.01 / one),
      ],
      touched: touched)
  }

  /// The weights with which 1 − e^(−t), 1 − e^(−t/10) and 1 − e^(−t/100) add up to t^α at 1, 10 and 100.
  private static func weights(exponent: Double) -> SIMD3<Double> {
    let wanted = SIMD3(1, pow(10, exponent), pow(100, exponent))
    func column(_ pace: Double) -> SIMD3<Double> {
      SIMD3(-expm1(-pace), -expm1(-10 * pace), -expm1(-100 * pace))
    }
    let (fast, middle, slow) = (column(1), column(0.1), column(0.01))
    let whole = determinant(fast, middle, slow)
    return SIMD3(
      determinant(wanted, middle, slow), determinant(fast, wanted, slow), determinant(fast, middle, wanted))
      / whole
  }

  private static func determinant(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) -> Double {
    a.x * (b.y * c.z - b.z * c.y) - b.x * (a.y * c.z - a.z * c.y) + c.x * (a.y * b.z - a.z * b.y)
  }
}
