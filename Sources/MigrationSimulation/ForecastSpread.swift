import EvacuationModel
import Quantities

/// How far the inputs of a forecast may be off.
///
/// Bandwidth varied by 2 to 10 % between like migrations (OSIC 2017, Grid'5000); a dirty rate by how it was learnt:
/// 30 % where two periods were measured, a factor of two where only a class is known.
public struct ForecastSpread: Hashable, Sendable {
  /// `bandwidthSigma` where nothing was measured, and that of the network that migrations share.
  public static let bandwidthSigma = 0.1

  /// Standard deviation of the logarithm of what the path and the stream carry. A limit that is set is kept to.
  public var bandwidthSigma: Double
  /// Standard deviation of the logarithm of the dirty rate.
  public var dirtySigma: Double
  /// Lowest share of the memory stated as touched that may really have been; any share from there to 1 is as likely.
  public var leastTouched: Double
  /// Seconds by which orchestration and polling may be off, either way; any value within is as likely.
  public var fixedSeconds: Double

  /// The part of the variance that migrations of one night have in common, because they share the network and the
  /// doubts about it: half of what was assumed. Of what was measured here a tenth: in OSIC's runs single migrations
  /// varied by 5 % and the totals of six by 2.4 %, which leaves 8 %.
  public var commonShare = 0.5

  /// A spread of these four.
  public init(bandwidthSigma: Double, dirtySigma: Double, leastTouched: Double, fixedSeconds: Double) {
    self.bandwidthSigma = bandwidthSigma
    self.dirtySigma = dirtySigma
    self.leastTouched = leastTouched
    self.fixedSeconds = fixedSeconds
  }

  /// What is known of a guest in an inventory, with `fixedSeconds` of orchestration.
  init(
    activity: MemoryActivity.Source, touchedIsKnown: Bool, fixedSeconds: Double,
    measured: MeasuredSpread? = nil
  ) {
    bandwidthSigma = measured?.rateSigma ?? Self.bandwidthSigma
    switch activity {
    case .measured: dirtySigma = 0.3
    case .estimated: dirtySigma = 0.5
    case .declared, .assumed: dirtySigma = 0.7
    }
    if measured != nil { commonShare = 0.1 }
    leastTouched = touchedIsKnown ? 0.95 : 0.6
    // The half-width of a uniform distribution is √3 of its standard deviation.
    self.fixedSeconds =
      measured.map { $0.fixedSigma.seconds * 3.0.squareRoot() } ?? min(1.5, fixedSeconds / 4)
  }
}
