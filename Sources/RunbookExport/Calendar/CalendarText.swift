import Quantities

/// Lines and values of iCalendar (RFC 5545).
enum CalendarText {
  /// A text value (3.3.11): backslash, semicolon, comma and newline are escaped, and what cannot be seen is written
  /// out. Newlines of our own are `lines`.
  static func text(_ lines: [String]) -> String {
    lines.map { line in
      var result = ""
      for scalar in VisibleText.of(line).unicodeScalars {
        if scalar == "\\" || scalar == ";" || scalar == "," { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      return result
    }.joined(separator: "\\n")
  }

  /// A moment in UTC (3.3.5, form 2), to the second; `nil` outside the years 0 to 9999.
  static func moment(_ instant: Instant) -> String? {
    let whole = Instant(secondsSince1970: instant.secondsSince1970.rounded(.down))
    return whole.iso8601?.filter { $0 != "-" && $0 != ":" }
  }

  /// A content line, folded so that no line has more than 75 octets (3.1), never inside a character.
  static func folded(_ line: String) -> String {
    var result = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let width = String(scalar).utf8.count
      if octets + width > 75 {
        result += "\r\n "
        octets = 1
      }
      result.unicodeScalars.append(scalar)
      octets += width
    }
    return result + "\r\n"
  }
}
