/// One command, as words; how they are quoted is the business of a format.
public struct RunbookCommand: Hashable, Sendable {
  /// The host whose shell runs it; `nil`: the operator's own, with the platform's credentials.
  public var host: Host.ID?
  /// The program and its arguments.
  public var argv: [String]
  /// Arguments in capitals that the operator replaces by what an earlier command showed.
  public var placeholders: [String]
  /// What it is about, for a comment: the name that belongs to an id.
  public var subject: String?

  /// A command.
  public init(
    on host: Host.ID? = nil, argv: [String], placeholders: [String] = [], subject: String? = nil
  ) {
    self.host = host
    self.argv = argv
    self.placeholders = placeholders
    self.subject = subject
  }
}

/// Something to do, in words, with the commands for it if there are any.
public struct RunbookInstruction: Hashable, Sendable {
  /// What to do, and at what price.
  public var text: String
  /// How.
  public var commands: [RunbookCommand]

  /// An instruction.
  public init(_ text: String, _ commands: [RunbookCommand] = []) {
    self.text = text
    self.commands = commands
  }
}
