import EvacuationModel
import Quantities

/// Bounds for people, in powers of ten as links and logs are quoted; one number where both ends read the same.
enum RangeText {
  static func bytes(_ value: Double, digits: Int = 3) -> String {
    let (unit, size) = unit(of: value)
    return "\((value / size).text(significantDigits: digits)) \(unit)"
  }

  /// `114.0–115.4 MB/s`.
  static func rate(_ bounds: Bounds) -> String {
    let (unit, size) = unit(of: bounds.high)
    return "\(span(bounds.low / size, bounds.high / size)) \(unit)/s"
  }

  /// `132–142 s`; `rounded` to whole seconds where the bounds lie that far apart.
  static func seconds(_ bounds: Bounds, rounded: Bool = false) -> String {
    let isMinutes = bounds.high >= 300
    let isMilliseconds = bounds.high < 1
    let size = isMinutes ? 60 : isMilliseconds ? 0.001 : 1.0
    let unit = isMinutes ? "min" : isMilliseconds ? "ms" : "s"
    let low = bounds.low / size
    let high = bounds.high / size
    guard high < 1e6 else { return Duration(clampingSeconds: bounds.low).text + " or more" }
    if (rounded && high - low > 2) || low >= 10 {
      return "\(joined(low.text(places: 0), high.text(places: 0))) \(unit)"
    }
    return "\(joined(low.text(significantDigits: 2), high.text(significantDigits: 2))) \(unit)"
  }

  /// `1.1–2.9 times`; the least that is enough is rounded up.
  static func times(_ bounds: Bounds) -> String {
    let low = (bounds.low * 10).rounded(.up) / 10
    return "\(joined(low.text(places: 1), max(low, bounds.high).text(places: 1))) times"
  }

  /// `60–90 %`.
  static func percent(_ bounds: Bounds) -> String {
    "\(joined((bounds.low * 100).text(places: 0), (bounds.high * 100).text(places: 0))) %"
  }

  private static func span(_ low: Double, _ high: Double) -> String {
    let places = high >= 1000 ? 0 : high >= 10 ? 1 : 2
    return joined(low.text(places: places), high.text(places: places))
  }

  private static func joined(_ low: String, _ high: String) -> String { low == high ? low : "\(low)–\(high)" }

  private static func unit(of bytes: Double) -> (String, Double) {
    let units = [("PB", 1e15), ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    return units.first { abs(bytes) >= $0.1 * 0.9995 } ?? ("B", 1)
  }
}
