extension Duration {
  /// A duration of `value` seconds, kept within ± 10¹⁵ s; not-a-number counts as zero.
  ///
  /// `Duration.seconds(_:)` traps on values that do not fit; files may hold such values.
  public init(clampingSeconds value: Double) {
    let bounded = value.isNaN ? 0 : Swift.max(-1e15, Swift.min(1e15, value))
    self = .seconds(bounded)
  }

  /// The duration in seconds.
  public var seconds: Double {
    let (whole, attoseconds) = components
    return Double(whole) + Double(attoseconds) * 1e-18
  }

  /// What an operator reads: `340 ms`, `6.9 s`, `12 min 30 s`, `3 h 33 min`.
  public var text: String {
    let value = seconds
    switch abs(value) {
    case 0: return "0 s"
    case ..<0.9995: return "\((value * 1000).text(significantDigits: 3)) ms"
    case ..<99.95: return "\(value.text(significantDigits: 3)) s"
    case ..<5999.5:
      let whole = Int64(value.rounded())
      return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s"
    case ..<1e13:
      let minutes = Int64((value / 60).rounded())
      return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    default: return "for ever"
    }
  }
}
