/// Texts for YAML 1.2 (5.7, 7.3.1). Every value is a double-quoted scalar: a plain `no`, `1e3` or `a: b` means
/// something else than it says.
enum YAMLText {
  /// `text` in double quotes; what cannot be seen is escaped. A long one is folded by `\` at a line's end, which adds
  /// nothing to it; lines after the first have `indentation` blanks.
  static func quoted(_ text: String, indentation: Int = 0) -> String {
    var result = "\""
    var width = 0
    for scalar in text.unicodeScalars {
      if width >= 90 {
        // A blank at the beginning of a line would be taken for indentation.
        result += "\\\n" + String(repeating: " ", count: indentation) + (scalar == " " ? "\\" : "")
        width = 0
      }
      let piece = escaped(scalar)
      result += piece
      width += piece.unicodeScalars.count
    }
    return result + "\""
  }

  /// The same for a value that Ansible must not read as a template, though it may hold `{{`.
  static func unsafe(_ text: String, indentation: Int = 0) -> String {
    "!unsafe " + quoted(text, indentation: indentation)
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\0": return "\u{FFFD}"
    case "\n": return "\\n"
    default:
      // The byte-order mark and what is no character are no part of a YAML text.
      guard VisibleText.isHidden(scalar) || scalar.properties.isNoncharacterCodePoint else {
        return String(scalar)
      }
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let width = scalar.value > 0xFFFF ? 8 : 4
      return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }
  }
}
