/// Which hosts a rolling maintenance is about: globs over their names, or `key=value` over labels, `rack` and `zone`;
/// several with commas between them.
public struct HostPattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as written.
  public let description: String
  private let parts: [Part]

  fileprivate struct Part: Hashable {
    let key: String?
    let value: Glob
  }

  /// The pattern `text`. What stands before the first `=` of a part is the key; its value may be a glob as well.
  public init(_ text: String) {
    description = text
    parts = text.split(separator: ",").map { part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return Part(key: sides.count == 2 ? sides[0] : nil, value: Glob(sides.last ?? ""))
    }
  }

  /// Whether `host` is meant. `rack` and `zone` are its own; a label of that name counts where it has none.
  public func matches(_ host: Host) -> Bool { parts.contains { $0.matches(host) } }
}

extension HostPattern.Part {
  fileprivate func matches(_ host: Host) -> Bool {
    guard let key else { return value.matches(host.id.name) }
    let own =
      switch key {
      case "rack": host.rack ?? host.labels[key]
      case "zone": host.zone ?? host.labels[key]
      default: host.labels[key]
      }
    return own.map { value.matches($0) } ?? false
  }
}
