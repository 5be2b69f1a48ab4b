import Quantities

/// How fast migrations have been, compared with their forecasts.
public struct Pace: Hashable, Sendable {
  /// Where a measured time lies in its forecast's band.
  public enum Band: String, CaseIterable, Hashable, Sendable {
    /// Shorter than P10.
    case below
    /// From P10 to P90.
    case inside
    /// Longer than P90.
    case above
  }

  /// What the times of further migrations are multiplied by.
  public let factor: Double
  /// Migrations that ended with a time.
  public let measured: Int
  /// How many of them lie in each part of their band.
  public let bands: [Band: Int]

  /// The pace of `migrations`: what was forecast, and how long each took.
  ///
  /// The sum of times over the sum of forecasts, so that long migrations, which decide the end, count for more, with one
  /// further migration of average length added to both sums as if it had gone exactly as forecast. So one migration moves the
  /// rest of the night by half of what it was off, nine by nine tenths: a single time is as likely to be about its guest as
  /// about the night.
  public init(of migrations: [(forecast: MigrationForecast, took: Duration)]) {
    let known = migrations.compactMap { migration in
      migration.forecast.duration.map { ($0.seconds, migration) }
    }.filter { $0.0 > 0 && $0.1.took >= .zero }
    measured = known.count
    bands = Dictionary(known.map { (Self.band($0.1.took, of: $0.1.forecast), 1) }, uniquingKeysWith: +)
    let forecast = known.reduce(0) { $0 + $1.0 }
    let took = known.reduce(0) { $0 + $1.1.took.seconds }
    let average = forecast / Double(max(1, known.count))
    factor = forecast > 0 ? (took + average) / (forecast + average) : 1
  }

  /// Where `took` lies in the band of `forecast`.
  public static func band(_ took: Duration, of forecast: MigrationForecast) -> Band {
    // Times are recorded to the second as often as not.
    let rounding = Duration.milliseconds(500)
    if let least = forecast.durationP10, took + rounding < least { return .below }
    if let most = forecast.durationP90, took > most + rounding { return .above }
    return .inside
  }
}
