/// Sentences broken between words, so that they stay readable in a terminal of `width` columns.
enum WrappedText {
  /// The columns of the views.
  static let width = 100

  /// The lines of `text`, the first after `indentation`, the others two columns further in.
  ///
  /// A word that is longer than a line stays whole, and a number stays with its unit.
  static func lines(_ text: String, indentation: Int) -> [String] {
    var lines: [String] = []
    var line = String(repeating: " ", count: indentation)
    var isEmpty = true
    for part in parts(of: text) {
      if !isEmpty, line.count + 1 + part.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indentation + 2)
        isEmpty = true
      }
      line += isEmpty ? part : " \(part)"
      isEmpty = false
    }
    return lines + [line]
  }

  /// The words; a number with the word after it.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var afterNumber = false
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if afterNumber, let number = parts.popLast() {
        parts.append("\(number) \(word)")
      } else {
        parts.append(String(word))
      }
      afterNumber = !word.isEmpty && word.allSatisfy { $0.isNumber || $0 == "." }
    }
    return parts
  }
}
