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

  /// The forecast in the middle of several equally likely ones; their ninths are its band, and what never ends
  /// counts as longest.
  static func ofTrials(_ trials: [Self]) -> Self {
    let ordered = trials.sorted { $0.order < $1.order }
    guard !ordered.isEmpty else { return Self(converges: false, outcome: "never_converges", seconds: nil) }
    var middle = ordered[ordered.count / 2]
    let seconds = ordered.map(\.order)
    middle.p10Seconds = Quantile.of(seconds, 0.1).flatMap { $0.isFinite ? $0 : nil }
    middle.p90Seconds = Quantile.of(seconds, 0.9).flatMap { $0.isFinite ? $0 : nil }
    middle.downtimeSeconds = Quantile.of(
      ordered.filter { $0.converges == middle.converges }.compactMap(\.downtimeSeconds).sorted(), 0.5)
    return middle
  }

  private var order: Double { converges ? seconds ?? .infinity : .infinity }
}
