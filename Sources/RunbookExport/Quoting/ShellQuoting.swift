public import EvacuationModel

/// Words and commands for a POSIX shell (IEEE Std 1003.1, Shell Command Language, 2.2 Quoting).
///
/// There are no double quotes and no expansions: inside single quotes nothing is special but the quote.
public enum ShellQuoting {
  /// `word` so that a shell reads it as this one word. Plain words stay bare; all else stands in single
  /// quotes. NUL, which no argument can hold, becomes U+FFFD.
  ///
  /// Quoting does not keep a word that begins with `-` from being taken for an option; `CommandLine` does.
  public static func quoted(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.first != "-" && word.utf8.allSatisfy(isPlainByte)
    if isPlain { return word }
    var result = "'"
    for scalar in word.unicodeScalars {
      switch scalar {
      case "'": result += "'\\''"
      case "\0": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// The words of one command as one line.
  public static func line(_ argv: [String]) -> String {
    // An option of our own, such as `--host`, begins with `-` and needs no quotes.
    argv.map { isOption($0) ? $0 : quoted($0) }.joined(separator: " ")
  }

  /// `command` as a line for the operator's shell, or `nil` if a word holds characters that cannot be seen:
  /// such a line must be neither trusted nor pasted into a terminal.
  ///
  /// A command for another host goes through `ssh`, whose remote shell reads it a second time; it is quoted
  /// once for each.
  public static func line(for command: RunbookCommand) -> String? {
    let words = command.argv + [command.host?.name].compactMap(\.self)
    guard !words.contains(where: VisibleText.hasHidden) else { return nil }
    guard let host = command.host else { return line(command.argv) }
    let ssh = CommandLine("ssh").values([host.name, line(command.argv)])
    return line(ssh.argv)
  }

  private static func isOption(_ word: String) -> Bool {
    word.hasPrefix("-") && word.utf8.allSatisfy(isPlainByte)
  }

  /// `[A-Za-z0-9_@%+=:,./-]`: special in no shell and at no place of a word.
  private static func isPlainByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_@%+=:,./-".utf8.contains(byte)
    }
  }
}
