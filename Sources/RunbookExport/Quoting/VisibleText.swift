/// Characters that do something to a terminal, a line or the reading order instead of being seen.
public enum VisibleText {
  /// Whether `scalar` is a control character, a line or paragraph separator, or one of the marks that
  /// reorder or hide text (bidirectional embeddings, overrides and isolates; zero-width marks).
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }

  /// Whether any character of `text` is hidden.
  public static func hasHidden(_ text: String) -> Bool {
    text.unicodeScalars.contains(where: isHidden)
  }

  /// `text` with every hidden character written out, as in `<U+001B>`, so that it is one line that shows
  /// all there is.
  public static func of(_ text: String) -> String {
    guard hasHidden(text) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
