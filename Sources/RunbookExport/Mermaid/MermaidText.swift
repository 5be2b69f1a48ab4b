/// Labels of a Mermaid diagram.
enum MermaidText {
  /// `text` on one line. Mermaid has no escapes in a gantt: `:` ends a label, `;` and `#` begin something else,
  /// `%%` a comment, and quotes, brackets and `<` mean something in its other diagrams or in HTML. Of ASCII only
  /// letters, digits, blanks and `._-/+=()` stay, the rest becomes `·`; what cannot be seen is written out before.
  static func label(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.of(text).unicodeScalars {
      result.unicodeScalars.append(scalar.isASCII && !isHarmless(scalar) ? "·" : scalar)
    }
    // A label of nothing would leave a line that begins with its colon.
    return result.isEmpty ? "·" : result
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: " ._-/+=()".unicodeScalars.contains(scalar)
    }
  }
}
