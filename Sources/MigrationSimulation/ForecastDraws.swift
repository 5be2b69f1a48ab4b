import Glibc
import Quantities

/// Sixteen equally likely ways in which the inputs of a forecast may be off: the first sixteen points of Sobol's
/// sequence in four dimensions, moved by a digital shift that the seed gives.
///
/// Every sixteenth of each input's distribution is taken once, and every pair of inputs is spread evenly, which sixteen
/// independent draws would be far from. The shift keeps both. All guests of one run are drawn alike.
struct ForecastDraws: Sendable {
  static let count = 16

  /// Sobol's direction numbers in sixteenths (Joe and Kuo, "new-joe-kuo-6", dimensions 1 to 4).
  private static let directions: [SIMD4<UInt8>] = [
    SIMD4(8, 8, 8, 8), SIMD4(4, 12, 12, 12), SIMD4(2, 10, 6, 2), SIMD4(1, 15, 9, 5),
  ]
  /// The standard normal distribution's quantiles in the middle of each sixteenth.
  private static let normals: [Double] = [
    -1.8627, -1.3180, -1.0100, -0.7764, -0.5791, -0.4023, -0.2372, -0.0784,
    0.0784, 0.2372, 0.4023, 0.5791, 0.7764, 1.0100, 1.3180, 1.8627,
  ]

  let draws: [InputDraw]

  /// The draws of `seed`.
  init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed, stream: "forecast")
    let bits = generator.next()
    let shift = SIMD4<UInt8>(truncatingIfNeeded: SIMD4(bits, bits >> 4, bits >> 8, bits >> 12)) & 15
    draws = (0..<Self.count).map { number in
      var point = shift
      for bit in 0..<4 where number >> bit & 1 == 1 { point ^= Self.directions[bit] }
      return InputDraw(
        bandwidth: Self.normals[Int(point[0])], dirty: Self.normals[Int(point[1])],
        touched: (Double(point[2]) + 0.5) / Double(Self.count),
        fixed: (Double(point[3]) + 0.5) / Double(Self.count))
    }
  }
}
