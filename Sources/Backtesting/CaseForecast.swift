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

  /// Share of like cases that do not come to their end, as far as it was asked.
  public var probabilityOfNotConverging: Double?

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

  /// The forecast `forecast`: what is likelier, where chance decides whether it ends.
  public init(_ forecast: MigrationForecast) {
    let ends = forecast.probabilityOfNotConverging.fraction <= 0.5
    let isCentral = ends == forecast.completes
    self.init(
      converges: ends, outcome: isCentral ? forecast.outcome.word : ends ? "converges" : "times_out",
      seconds: (isCentral ? forecast.duration : forecast.durationP50)?.seconds,
      p10Seconds: forecast.durationP10?.seconds, p90Seconds: forecast.durationP90?.seconds,
      downtimeSeconds: forecast.downtimeP50.seconds)
    probabilityOfNotConverging = forecast.probabilityOfNotConverging.fraction
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
