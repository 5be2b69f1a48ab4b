/// A story told by a terminal: a few words on what it shows, then commands with what they print.
///
/// ```
/// Why somebody would do this.
///
/// $ evac check night.yaml
/// what goes to standard output
/// stderr| what goes to standard error
/// exit 2
/// ```
///
/// A command goes on in the next line where that begins with `> ` or is `>` alone.
public struct Transcript: Hashable, Sendable {
  /// A command and its result.
  public struct Exchange: Hashable, Sendable {
    /// The command, without `$ `; lines of a longer one are separated by newlines.
    public var command: String
    /// What it printed, with the marks for standard error, and how it ended; a line each.
    public var output: [String]

    /// A command and its result.
    public init(command: String, output: [String] = []) {
      self.command = command
      self.output = output
    }
  }

  /// What the story shows, the text before the first command.
  public var preface: [String]
  /// The commands, in order.
  public var exchanges: [Exchange]

  /// Reads a story. Every text is one: lines that are no commands are output, or preface.
  public init(parsing text: String) {
    preface = []
    exchanges = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("$ ") {
        exchanges.append(Exchange(command: String(line.dropFirst(2))))
      } else if exchanges.isEmpty {
        preface.append(line)
      } else if line.hasPrefix("> ") || line == ">", exchanges[exchanges.count - 1].output.isEmpty {
        exchanges[exchanges.count - 1].command += "\n" + line.dropFirst(2)
      } else {
        exchanges[exchanges.count - 1].output.append(line)
      }
    }
    while preface.last == "" { preface.removeLast() }
    // What follows the exit status separates commands and is nothing they print.
    for index in exchanges.indices {
      let output = exchanges[index].output
      guard let end = output.lastIndex(where: { $0.hasPrefix("exit ") }) else { continue }
      exchanges[index].output = Array(output[...end])
    }
  }

  /// The story as its file holds it.
  public var text: String {
    let commands = exchanges.map { exchange in
      let typed = exchange.command.split(separator: "\n", omittingEmptySubsequences: false)
      let more = typed.dropFirst().map { $0.isEmpty ? ">" : "> \($0)" }
      return (["$ \(typed.first ?? "")"] + more + exchange.output).joined(separator: "\n")
    }
    return ([preface.joined(separator: "\n")] + commands).joined(separator: "\n\n") + "\n"
  }

  /// Where this story and `other` first differ, with the command and both lines; `nil` where they do not.
  public func difference(from other: Self) -> String? {
    let (mine, theirs) = (lines, other.lines)
    let same = zip(mine, theirs).prefix { $0 == $1 }.count
    guard same < max(mine.count, theirs.count) else { return nil }
    let command = mine[..<min(same + 1, mine.count)].last { $0.hasPrefix("$ ") } ?? ""
    func shown(_ lines: [String]) -> String {
      lines[min(same, lines.count)..<min(same + 4, lines.count)].joined(separator: "\n    ")
    }
    return """
      line \(same + 1), \(command)
      the transcript says
          \(shown(theirs))
      the program says
          \(shown(mine))
      """
  }

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
