import EvacuationModel

/// The words of a command, put together so that no value is taken for an option.
struct CommandLine {
  private(set) var argv: [String]

  /// A command that begins with words of our own.
  init(_ words: String...) {
    argv = words
  }

  /// Words and options of our own, without values from outside.
  func words(_ words: String...) -> Self {
    appending(words)
  }

  /// An option with a value, as two words; as one, `--name=value`, where the value begins with `-`.
  func option(_ name: String, _ value: String) -> Self {
    appending(value.hasPrefix("-") ? ["\(name)=\(value)"] : [name, value])
  }

  /// Positional values, the last thing of a command; behind `--` where one of them begins with `-`.
  func values(_ values: [String]) -> Self {
    appending(values.contains { $0.hasPrefix("-") } ? ["--"] + values : values)
  }

  private func appending(_ words: [String]) -> Self {
    var copy = self
    copy.argv += words
    return copy
  }
}

extension RunbookCommand {
  init(
    on host: Host.ID? = nil, _ line: CommandLine, placeholders: [String] = [], subject: String? = nil
  ) {
    self.init(on: host, argv: line.argv, placeholders: placeholders, subject: subject)
  }
}
