/// `text` in quotes as it may stand in a message: shortened, control characters replaced.
func quoted(_ text: String) -> String {
  "\"\(shown(text))\""
}

/// `text` as it may stand in a message: shortened, control characters replaced.
func shown(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    guard result.count < 60 else { return String(result) + "…" }
    result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
  }
  return String(result)
}
