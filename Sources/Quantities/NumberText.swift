extension Double {
  /// The number with exactly `places` digits after the point, rounded half away from zero.
  ///
  /// Written out by hand because the core does not import Foundation. Values that do not fit 64 bits
  /// fall back on the standard library's shortest form.
  public func text(places: Int) -> String {
    let scale = [1.0, 10, 100, 1_000, 10_000, 100_000, 1_000_000]
    let digits = Swift.max(0, Swift.min(places, scale.count - 1))
    let scaled = (self * scale[digits]).rounded()
    guard scaled.isFinite, abs(scaled) < 9e15 else { return "\(self)" }
    let whole = Int64(abs(scaled))
    let unit = Int64(scale[digits])
    let sign = scaled < 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(whole % unit)
    return "\(sign)\(whole / unit).\(String(repeating: "0", count: digits - fraction.count))\(fraction)"
  }

  /// The number with at most `significantDigits` digits, without trailing zeros after the point.
  public func text(significantDigits: Int) -> String {
    let magnitude = abs(self)
    guard magnitude.isFinite, magnitude > 0 else { return text(places: 0) }
    var places = significantDigits - 1
    var bound = 10.0
    while magnitude >= bound * (1 - 0.5e-9), places > 0 {
      places -= 1
      bound *= 10
    }
    var small = 1.0
    while magnitude < small, places < 6 {
      places += 1
      small /= 10
    }
    var result = text(places: places)
    if result.contains(".") {
      while result.hasSuffix("0") { result.removeLast() }
      if result.hasSuffix(".") { result.removeLast() }
    }
    return result
  }

  func divided(by size: Double, significantDigits: Int) -> String {
    (self / size).text(significantDigits: significantDigits)
  }
}
