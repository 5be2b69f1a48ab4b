/// Plain text for Markdown (CommonMark 0.31 and GitHub's extensions): everything shows as it is.
enum MarkdownText {
  /// `text` on one line, with hidden characters written out and all markup escaped.
  ///
  /// An underscore or hyphen inside a word is no markup and stays, so that names and options remain readable
  /// in the source.
  static func escaped(_ text: String) -> String {
    let characters = Array(VisibleText.of(text).unicodeScalars)
    var result = ""
    for (index, scalar) in characters.enumerated() {
      let isInsideWord =
        index > 0 && isWord(characters[index - 1])
        && index + 1 < characters.count && isWord(characters[index + 1])
      let needsEscape =
        switch scalar {
        case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "$", "&", "#", "@": true
        case "_": !isInsideWord
        case "-", "+", "=": index == 0
        case ".", ")": index < 10 && index > 0 && characters[..<index].allSatisfy(isDigit)
        case ":": index + 1 < characters.count && characters[index + 1] == "/"
        default: false
        }
      if needsEscape { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || isDigit(scalar)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
