/// What the residuals say of the next migration.
struct ResidualSpread {
  /// Standard deviation of the logarithm of the rate.
  let rate: Double
  /// Standard deviation of the fixed part in seconds.
  let fixed: Double

  /// P90 of the normal distribution in standard deviations.
  private static let ninetieth = 1.2816
  /// The rate of like migrations varied by 2 to 10 % (OSIC 2017, Grid'5000): fewer rows may agree better by chance.
  private static let leastRate = 0.02

  /// The fixed part's scatter is the same for small and large migrations, the rate's grows with the size: the smaller
  /// and the larger half give two equations for the two. Standard errors are added.
  init(_ line: RobustLine, _ points: [RobustLine.Point], isBoth: Bool) {
    let ordered = points.sorted { ($0.bytes, $0.seconds) < ($1.bytes, $1.seconds) }
    guard isBoth else {
      let relative = points.map { $0.seconds - line.seconds($0.bytes) }
      let transfer = points.map { max($0.bytes * line.perByte, 1e-6) }
      let scatter = Self.deviation(zip(relative, transfer).map { $0 / $1 })
      rate = max(
        Self.leastRate,
        (scatter * scatter + line.relativeRateError * line.relativeRateError).squareRoot())
      fixed = 0
      return
    }
    // The two clusters that most histories have must not be mixed: they part where the sizes do.
    let middle = (ordered[2].bytes * ordered[ordered.count - 3].bytes).squareRoot()
    let small = Half(ordered.filter { $0.bytes < middle }, line)
    let large = Half(ordered.filter { $0.bytes >= middle }, line)
    let byRate = max(0, large.variance - small.variance) / max(large.square - small.square, 1e-9)
    let byFixed = max(0, small.variance - byRate * small.square)
    rate = max(Self.leastRate, (byRate + line.relativeRateError * line.relativeRateError).squareRoot())
    fixed = (byFixed + line.fixedError * line.fixedError).squareRoot()
  }

  private struct Half {
    let variance: Double
    let square: Double

    init(_ points: [RobustLine.Point], _ line: RobustLine) {
      let deviation = ResidualSpread.deviation(points.map { $0.seconds - line.seconds($0.bytes) })
      variance = deviation * deviation
      let transfer = points.map { $0.bytes * line.perByte }
      square = transfer.reduce(0) { $0 + $1 * $1 } / Double(max(1, points.count))
    }
  }

  /// The standard deviation whose P10 to P90 hold eight tenths of `values`: long tails are on one side only, and would
  /// widen the band on the other.
  private static func deviation(_ values: [Double]) -> Double {
    (Quantile.of(values.map(abs).sorted(), 0.8) ?? 0) / ninetieth
  }
}
