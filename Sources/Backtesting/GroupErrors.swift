/// How far the forecasts of one group of cases are off. Errors are fractions of what was measured.
public struct GroupErrors: Hashable, Sendable {
  /// How often "it comes to its end by itself" was forecast and happened.
  public struct Outcomes: Hashable, Sendable {
    /// Forecast to converge, and it did.
    public var convergedAsForecast = 0
    /// Not forecast to converge, and it did.
    public var convergedUnforecast = 0
    /// Not forecast to converge, and it did not.
    public var notConvergedAsForecast = 0
    /// Forecast to converge, and it did not.
    public var notConvergedUnforecast = 0

    /// How many were forecast wrongly.
    public var wrong: Int { convergedUnforecast + notConvergedUnforecast }
  }

  /// Its name.
  public let group: String
  /// How many cases it has.
  public let count: Int
  /// How many of them have a measured and a forecast duration, which the errors are about.
  public let compared: Int
  /// Median of the absolute error; `nil` where nothing can be compared, as below.
  public let medianAbsoluteError: Double?
  /// Nine of ten are at most as far off.
  public let p90AbsoluteError: Double?
  /// Mean of the absolute error.
  public let meanAbsoluteError: Double?
  /// Mean of the error with its sign: positive where forecasts are too long.
  public let bias: Double?
  /// The confusion of outcomes.
  public let outcomes: Outcomes
  /// Median of the pause's absolute error in seconds.
  public let downtimeMedianErrorSeconds: Double?
  /// Nine of ten pauses are at most as far off, in seconds.
  public let downtimeP90ErrorSeconds: Double?
  /// Share of the measured durations that lie within P10 to P90.
  public let insideBand: Double?

  /// The errors of `cases`.
  public init(group: String, cases: [BacktestCase]) {
    self.group = group
    count = cases.count
    let errors = cases.compactMap(\.error)
    let absolute = errors.map(abs).sorted()
    compared = errors.count
    medianAbsoluteError = Quantile.of(absolute, 0.5)
    p90AbsoluteError = Quantile.of(absolute, 0.9)
    meanAbsoluteError = Self.mean(absolute)
    bias = Self.mean(errors)
    outcomes = Self.outcomes(of: cases)
    let pauses = cases.compactMap(\.downtimeError).map(abs).sorted()
    downtimeMedianErrorSeconds = Quantile.of(pauses, 0.5)
    downtimeP90ErrorSeconds = Quantile.of(pauses, 0.9)
    insideBand = Self.mean(cases.compactMap(\.isInsideBand).map { $0 ? 1 : 0 })
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  private static func outcomes(of cases: [BacktestCase]) -> Outcomes {
    var result = Outcomes()
    for one in cases {
      switch (one.measured.converged, one.forecast.converges) {
      case (true, true): result.convergedAsForecast += 1
      case (true, false): result.convergedUnforecast += 1
      case (false, false): result.notConvergedAsForecast += 1
      case (false, true): result.notConvergedUnforecast += 1
      }
    }
    return result
  }
}
