import EvacuationModel

/// How far the inputs of a forecast may be off, as factors at the tenth and ninetieth percentile.
///
/// The bandwidth varied by 2 to 10 % between like migrations (OSIC 2017, Grid'5000); dirty rates by how they
/// were measured. One input at a time would be too narrow and all at their extremes too wide: the three-point
/// estimate moves all of them together by 0.8 of their own percentile.
public struct ForecastSpread: Hashable, Sendable {
  /// Standard deviation of the logarithm of the bandwidth.
  public var bandwidthSigma: Double
  /// Standard deviation of the logarithm of the dirty rate.
  public var dirtySigma: Double
  /// Lowest share of the memory that may have been touched, where it was not measured.
  public var leastTouched: Double
  /// Seconds by which the fixed parts may be off.
  public var fixedSeconds: Double

  /// A spread stated outright.
  public init(bandwidthSigma: Double, dirtySigma: Double, leastTouched: Double, fixedSeconds: Double) {
    self.bandwidthSigma = bandwidthSigma
    self.dirtySigma = dirtySigma
    self.leastTouched = leastTouched
    self.fixedSeconds = fixedSeconds
  }

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
