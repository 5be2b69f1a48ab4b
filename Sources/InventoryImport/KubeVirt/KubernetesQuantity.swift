/// Kubernetes' quantities: `64Gi`, `520093696Ki`, `1k`, `500m`, `129e6` (apimachinery, resource/quantity.go).
enum KubernetesQuantity {
  private static let factors: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30, "Ti": 0x1p40, "Pi": 0x1p50, "Ei": 0x1p60,
  ]

  /// The number that `text` stands for; `nil` if it is none, below zero or beyond all reason.
  static func number(_ text: String) -> Double? {
    let suffix = String(text.reversed().prefix { $0.isLetter }.reversed())
    let isScientific = Double(text) != nil
    let unit = isScientific ? "" : suffix
    guard let factor = factors[unit],
      let number = Double(isScientific ? text : String(text.dropLast(unit.count)))
    else { return nil }
    let value = number * factor
    return (0...0x1p60).contains(value) ? value : nil
  }
}
