/// Words for PowerShell (about_Quoting_Rules): inside single quotes nothing is special but the quote.
enum PowerShellText {
  /// `text` in single quotes. PowerShell takes the typographic quotes U+2018 to U+201B for `'` as well, so they are
  /// doubled too.
  static func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" || (0x2018...0x201B).contains(scalar.value) { result.unicodeScalars.append(scalar) }
      result.unicodeScalars.append(scalar == "\0" ? "\u{FFFD}" : scalar)
    }
    return result + "'"
  }
}
