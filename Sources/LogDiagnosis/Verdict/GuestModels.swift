import EvacuationModel
import Glibc
import MigrationSimulation
import Quantities

/// The guests that a log may show: each a dirty curve for the simulation that forecasts are made with.
struct GuestModels {
  let curves: [DirtyCurve]
  /// Whether the log fixes the curve, and not only a point that many curves share.
  let isFitted: Bool

  init(_ estimate: DirtyRateEstimate, total: Double, zeroShare: Double) {
    let touched = ByteCount(rounding: total * (1 - zeroShare))
    if let steady = estimate.steady {
      curves = Self.through(bytes: steady.bytes, in: steady.seconds, touched: touched)
      isFitted = false
    } else if let shortest = estimate.rates.first, let longest = estimate.rates.last, !shortest.isFloor {
      let isOne = longest.overSeconds < shortest.overSeconds * 1.3
      let measured = (isOne ? [shortest] : [shortest, longest]).map {
        DirtyRateMeasurement(
          rate: DataRate(bytesPerSecond: $0.bytesPerSecond), period: Duration(clampingSeconds: $0.overSeconds)
        )
      }
      let fitted = DirtyCurve(activity: MemoryActivity(dirtyRates: measured), touched: touched)
      let bytes = shortest.bytesPerSecond * shortest.overSeconds
      curves =
        isOne ? [fitted] + Self.through(bytes: bytes, in: shortest.overSeconds, touched: touched) : [fitted]
      isFitted = !isOne
    } else {
      curves = []
      isFitted = false
    }
  }

  /// Working sets of all sizes, each written just so fast that `bytes` of it are dirtied in `seconds`: from one of
  /// which 96 % is dirtied (a smaller one cannot be told from one that is written endlessly fast) to all memory.
  private static func through(bytes: Double, in seconds: Double, touched: ByteCount) -> [DirtyCurve] {
    let most = Double(touched.bytes)
    guard bytes > 0, seconds > 0, most > 0 else { return [] }
    let least = 1.04
    let sizes = [least, 1.2, 2.4, 4.8].map { $0 * bytes }.filter { $0 < most } + [max(most, bytes * least)]
    return sizes.map { size in
      DirtyCurve(
        classes: [(bytes: size, perSecond: -log1p(-bytes / size) / seconds)],
        touched: ByteCount(rounding: max(size, most)))
    }
  }
}
