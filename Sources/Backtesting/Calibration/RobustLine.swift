import Glibc

/// A straight line through durations, seconds = fixed + size ÷ rate, that a few wild ones do not bend.
///
/// Huber's estimator on relative residuals, because long migrations scatter in proportion: from least absolute
/// deviations on, weights fall for what lies further off than 1.345 standard deviations, which are taken from the median
/// (P. J. Huber, Robust Statistics, 1981; 95 % efficient where nothing is wild).
struct RobustLine: Hashable {
  /// Seconds.
  let fixed: Double
  /// Seconds for each byte.
  let perByte: Double
  /// Standard error of `fixed`; zero where it was given.
  let fixedError: Double
  /// Standard error of `perByte`.
  let perByteError: Double
  /// Standard deviation of the relative residuals, from their median.
  let scale: Double

  /// A point to be fitted.
  struct Point: Hashable {
    var bytes: Double
    var seconds: Double
  }

  private static let tuning = 1.345
  private static let normalMedian = 0.6745
  /// Below this, residuals are rounding.
  private static let leastScale = 1e-4
  private static let steps = 40

  /// Fits `points`; with `fixed` only the slope. `nil` where that cannot be done.
  init?(_ points: [Point], fixed given: Double? = nil) {
    guard points.count > (given == nil ? 2 : 1) else { return nil }
    var line = Sums(points, weights: points.map { 1 / max($0.seconds * $0.seconds, 1e-12) }).solution(given)
    var scale = 0.0
    for step in 0..<Self.steps {
      guard let current = line else { return nil }
      let residuals = points.map { Self.residual($0, current) }
      scale = max(Self.leastScale, Self.median(residuals.map(abs)) / Self.normalMedian)
      let isFirst = step < Self.steps / 4
      let weights = zip(points, residuals).map { point, residual in
        let predicted = max(abs(current.fixed + current.perByte * point.bytes), 1e-6)
        let size = max(abs(residual), Self.leastScale)
        return (isFirst ? 1 / size : min(1, Self.tuning * scale / size)) / (predicted * predicted)
      }
      line = Sums(points, weights: weights).solution(given)
    }
    guard let line, line.fixed.isFinite, line.perByte.isFinite, line.perByte > 0 else { return nil }
    self.init(points, line: line, scale: scale, isFixedGiven: given != nil)
  }

  private init(
    _ points: [Point], line: (fixed: Double, perByte: Double), scale: Double, isFixedGiven: Bool
  ) {
    fixed = line.fixed
    perByte = line.perByte
    self.scale = scale
    let weights = points.map { point in
      let predicted = max(abs(line.fixed + line.perByte * point.bytes), 1e-6)
      let size = max(abs(Self.residual(point, line)), Self.leastScale)
      return min(1, Self.tuning * scale / size) / (predicted * predicted)
    }
    let sums = Sums(points, weights: weights)
    // Huber's own scale is the median's; the weighted residuals add what the tails contribute.
    let variance =
      zip(points, weights).reduce(0) { sum, one in
        let off = one.0.seconds - line.fixed - line.perByte * one.0.bytes
        return sum + one.1 * off * off
      } / Double(max(1, points.count - (isFixedGiven ? 1 : 2)))
    let errors = sums.errors(variance: variance, isFixedGiven: isFixedGiven)
    fixedError = errors.fixed
    perByteError = errors.perByte
  }

  /// Bytes per second.
  var rate: Double { 1 / perByte }

  /// Standard error of the rate, relative.
  var relativeRateError: Double { perByteError / perByte }

  func seconds(_ bytes: Double) -> Double { fixed + perByte * bytes }

  private static func residual(_ point: Point, _ line: (fixed: Double, perByte: Double)) -> Double {
    let predicted = line.fixed + line.perByte * point.bytes
    return (point.seconds - predicted) / max(abs(predicted), 1e-6)
  }

  private static func median(_ values: [Double]) -> Double { Quantile.of(values.sorted(), 0.5) ?? 0 }
}

/// The sums of a weighted fit.
private struct Sums {
  var weight = 0.0
  var x = 0.0
  var y = 0.0
  var xx = 0.0
  var xy = 0.0

  init(_ points: [RobustLine.Point], weights: [Double]) {
    for (point, weight) in zip(points, weights) {
      self.weight += weight
      x += weight * point.bytes
      y += weight * point.seconds
      xx += weight * point.bytes * point.bytes
      xy += weight * point.bytes * point.seconds
    }
  }

  private var determinant: Double { weight * xx - x * x }

  func solution(_ fixed: Double?) -> (fixed: Double, perByte: Double)? {
    if let fixed { return xx > 0 ? (fixed, (xy - fixed * x) / xx) : nil }
    guard determinant > 1e-12 * weight * xx else { return nil }
    return ((xx * y - x * xy) / determinant, (weight * xy - x * y) / determinant)
  }

  func errors(variance: Double, isFixedGiven: Bool) -> (fixed: Double, perByte: Double) {
    if isFixedGiven { return (0, (variance / xx).squareRoot()) }
    return ((variance * xx / determinant).squareRoot(), (variance * weight / determinant).squareRoot())
  }
}
