import EvacuationModel

/// How far the inputs of a forecast may be off, as factors at the tenth and ninetieth percentile.
///
/// The bandwidth varied by 2 to 10 % between like migrations (OSIC 2017, Grid'5000); dirty rates by how they
/// were measured. One input at a time would be too narrow and all at their extremes too wide: the three-point
/// estimate moves all of them together by 0.8 of their own percentile.
struct ForecastSpread: Hashable, Sendable {
  /// Standard deviation of the logarithm of the bandwidth.
  let bandwidthSigma: Double
  /// Standard deviation of the logarithm of the dirty rate.
  let dirtySigma: Double
  /// Lowest share of the memory that may have been touched, where it was not measured.
  let leastTouched: Double
  /// Seconds by which the fixed parts may be off.
  let fixedSeconds: Double

  init(activity: MemoryActivity.Source, touchedIsKnown: Bool, fixedSeconds: Double) {
    bandwidthSigma = 0.1
    switch activity {
    case .measured: dirtySigma = 0.3
    case .estimated: dirtySigma = 0.5
    case .declared, .assumed: dirtySigma = 0.7
    }
    leastTouched = touchedIsKnown ? 0.95 : 0.6
    self.fixedSeconds = min(1.5, fixedSeconds / 4)
  }
}
