import EvacuationModel
import Quantities

/// Amounts in the units that such logs and links are quoted in, powers of ten.
enum SizeText {
  static func of(_ bytes: Double) -> String {
    for (name, size) in [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    where abs(bytes) >= size * 0.9995 {
      return "\((bytes / size).text(significantDigits: 3)) \(name)"
    }
    return "\(bytes.text(places: 0)) B"
  }
}

/// Spans of time.
enum SecondsText {
  static func range(_ bounds: Bounds) -> String {
    let low = Duration(clampingSeconds: bounds.low).text
    let high = Duration(clampingSeconds: bounds.high).text
    return low == high ? low : "\(low) to \(high)"
  }
}
