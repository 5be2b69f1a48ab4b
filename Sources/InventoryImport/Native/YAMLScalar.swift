/// A string as a YAML scalar that every YAML 1.1 and 1.2 reader takes for that very string.
enum YAMLScalar {
  /// Words that some reader takes for something other than a string.
  private static let reserved: Set = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
  ]

  /// The text bare where nothing can be misread, else in double quotes with JSON's escapes.
  static func text(_ string: String) -> String {
    isPlain(string) ? string : quoted(string)
  }

  /// The text as a key in a flow mapping. YAML ends an implicit key after 1024 characters, so a longer one
  /// gets the explicit form.
  static func key(_ string: String) -> String {
    let key = text(string)
    return key.unicodeScalars.count > 1000 ? "? \(key)" : key
  }

  /// One line of a comment; what could end the line or is not printable becomes a space.
  static func comment(_ line: String) -> String {
    var text = "# "
    for scalar in line.unicodeScalars {
      text.unicodeScalars.append(isPrintable(scalar) ? scalar : " ")
    }
    return text
  }

  private static func isPlain(_ string: String) -> Bool {
    guard let first = string.utf8.first, isLetter(first), string.utf8.count <= 200 else { return false }
    return string.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-_.".utf8.contains($0) }
      && !reserved.contains(string.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case _ where isPrintable(scalar): text.unicodeScalars.append(scalar)
      default: text += escape(scalar)
      }
    }
    return text + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, width) = scalar.value > 0xffff ? ("U", 8) : ("u", 4)
    return "\\\(letter)\(String(repeating: "0", count: width - digits.count))\(digits)"
  }

  /// YAML's printable characters without those that break a line or mark byte order.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e, 0xa0...0x2027, 0x202a...0xd7ff, 0xe000...0xfefe, 0xff00...0xfffd, 0x10000...0x10ffff:
      true
    default: false
    }
  }
}
