/// How bad a finding is.
public enum Severity: String, Hashable, Comparable, Sendable {
  /// The input or plan cannot be used.
  case error
  /// It can be used, and something deserves a look.
  case warning
  /// For information.
  case note

  private var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }

  /// Worse comes first.
  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }
}

/// Something wrong or noteworthy, with the place and the next step. One type serves reading, checking
/// and verification.
public struct Finding: Hashable, Sendable {
  /// What it is about; documented in `docs/errors.md`.
  public var code: FindingCode
  /// How bad it is.
  public var severity: Severity
  /// The file, or `plan` for a plan under verification.
  public var path: String
  /// Where in the file: `12:5 hosts[3].memory`, `m003`, a name; empty when the whole is meant.
  public var place: String
  /// What is wrong.
  public var message: String
  /// What to do.
  public var help: String

  /// A finding at `path:place`.
  public init(
    _ code: FindingCode, severity: Severity? = nil, path: String = "", place: String = "", message: String,
    help: String
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.path = path
    self.place = place
    self.message = message
    self.help = help
  }
}

extension Finding: CustomStringConvertible {
  /// `path:place: severity[code]: message`, then the help on a line of its own.
  public var description: String {
    let location = [path, place].filter { !$0.isEmpty }.joined(separator: ":")
    let prefix = location.isEmpty ? "" : "\(location): "
    let help = help.isEmpty ? "" : "\n  help: \(help)"
    return "\(prefix)\(severity.rawValue)[\(code.rawValue)]: \(message)\(help)"
  }
}
