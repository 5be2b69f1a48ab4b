import EvacuationModel
import Glibc
import Quantities

/// How far the inputs of one migration are off, in the terms of its `ForecastSpread`: standard normal numbers for
/// bandwidth and dirty rate, numbers from 0 to 1 for the other two.
public struct InputDraw: Sendable {
  /// Standard normal.
  public var bandwidth: Double
  /// Standard normal.
  public var dirty: Double
  /// From 0 to 1.
  public var touched: Double
  /// From 0 to 1.
  public var fixed: Double

  /// A draw.
  public init(bandwidth: Double, dirty: Double, touched: Double, fixed: Double) {
    self.bandwidth = bandwidth
    self.dirty = dirty
    self.touched = touched
    self.fixed = fixed
  }
}

extension MigrationDemand {
  /// The part of the variance of its inputs that it shares with other migrations.
  public var commonShare: Double { spread.commonShare }

  /// By how much `draw` has bandwidth off.
  public func bandwidthFactor(_ draw: InputDraw) -> Double { exp(spread.bandwidthSigma * draw.bandwidth) }

  /// This migration as `draw` has it; its path has to be changed by the bandwidth's factor as well. A limit that is set
  /// holds whatever the path carries, as closely as QEMU keeps to it.
  func drawn(_ draw: InputDraw) -> Self {
    let factor = bandwidthFactor(draw)
    let isLimited = cap.bytesPerSecond < uncapped.bytesPerSecond * 0.999
    return varied(
      dirty: exp(spread.dirtySigma * draw.dirty),
      touched: spread.leastTouched + (1 - spread.leastTouched) * draw.touched,
      cap: isLimited ? cap * exp(PreCopyConstants.limitSigma * draw.bandwidth) : uncapped * factor,
      uncapped: uncapped * factor, diskFactor: factor)
  }

  /// The seconds by which `draw` has orchestration and polling off.
  func fixedShift(_ draw: InputDraw) -> Double { (2 * draw.fixed - 1) * spread.fixedSeconds }

  /// This migration as `draw` has it, orchestration included; a prescribed duration is known and stays.
  public func rehearsed(_ draw: InputDraw) -> Self {
    guard prescribed == nil else { return self }
    var copy = drawn(draw)
    copy.beforeSeconds = max(0, beforeSeconds + fixedShift(draw))
    return copy
  }
}
