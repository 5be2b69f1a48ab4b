public import EvacuationModel
import Quantities

/// What the model says about one case, in the units of the comparison.
public struct CaseForecast: Hashable, Sendable {
  /// Whether it comes to its end by itself.
  public var converges: Bool
  /// The outcome's word.
  public var outcome: String
  /// Seconds; `nil` if it never ends.
  public var seconds: Double?
  /// Seconds that nine of ten like it exceed; `nil` as above.
  public var p10Seconds: Double?
  /// Seconds that one of ten like it exceeds; `nil` if more than one of ten never end.
  public var p90Seconds: Double?
  /// Seconds that the guest does not run.
  public var downtimeSeconds: Double?

  /// The forecast of a case.
  public init(
    converges: Bool, outcome: String, seconds: Double?, p10Seconds: Double? = nil, p90Seconds: Double? = nil,
    downtimeSeconds: Double? = nil
  ) {
    self.converges = converges
    self.outcome = outcome
    self.seconds = seconds
    self.p10Seconds = p10Seconds
    self.p90Seconds = p90Seconds
    self.downtimeSeconds = downtimeSeconds
  }

  /// The forecast `forecast`.
  public init(_ forecast: MigrationForecast) {
    self.init(
      converges: forecast.completes, outcome: forecast.outcome.word, seconds: forecast.duration?.seconds,
      p10Seconds: forecast.durationP10?.seconds, p90Seconds: forecast.durationP90?.seconds,
      downtimeSeconds: forecast.downtime.seconds)
  }
}
