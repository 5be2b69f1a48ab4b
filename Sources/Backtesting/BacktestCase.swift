/// What happened in one measured migration, or in a set of them that ran together.
public struct MeasuredOutcome: Hashable, Sendable {
  /// How long it took; `nil` if it was given up.
  public var seconds: Double?
  /// How long the guest did not run, as its users saw it; `nil` if nobody measured.
  public var downtimeSeconds: Double?
  /// Whether it came to its end by itself.
  public var converged: Bool

  /// An outcome.
  public init(seconds: Double?, downtimeSeconds: Double? = nil, converged: Bool) {
    self.seconds = seconds
    self.downtimeSeconds = downtimeSeconds
    self.converged = converged
  }
}

/// One row of a file of measurements, and what the model says about it.
public struct BacktestCase: Sendable {
  /// Its name in the file.
  public var id: String
  /// The group whose errors are told together.
  public var group: String
  /// What happened.
  public var measured: MeasuredOutcome
  /// What was forecast.
  public var forecast: CaseForecast
  /// What is particular about it, in a few words, for the list of the worst.
  public var circumstances: String

  /// A case.
  public init(
    id: String, group: String, measured: MeasuredOutcome, forecast: CaseForecast, circumstances: String = ""
  ) {
    self.id = id
    self.group = group
    self.measured = measured
    self.forecast = forecast
    self.circumstances = circumstances
  }

  /// The forecast duration's error as a fraction of the measured one: positive where the forecast is too long.
  /// `nil` unless both came to an end.
  public var error: Double? {
    guard measured.converged, forecast.converges, let measured = measured.seconds, measured > 0,
      let forecast = forecast.seconds
    else { return nil }
    return forecast / measured - 1
  }

  /// Seconds by which the forecast pause is too long; `nil` unless both are known.
  public var downtimeError: Double? {
    guard measured.converged, forecast.converges, let measured = measured.downtimeSeconds,
      let forecast = forecast.downtimeSeconds
    else { return nil }
    return forecast - measured
  }

  /// Whether the measured duration lies within P10 to P90; `nil` unless the migration ended.
  public var isInsideBand: Bool? {
    guard measured.converged, let seconds = measured.seconds, let low = forecast.p10Seconds else {
      return nil
    }
    return low <= seconds && seconds <= forecast.p90Seconds ?? .infinity
  }
}

/// A row that could not be made a case.
public struct SkippedCase: Hashable, Sendable {
  /// Its name in the file.
  public var id: String
  /// Why.
  public var reason: String

  /// A skipped row.
  public init(id: String, reason: String) {
    self.id = id
    self.reason = reason
  }
}
