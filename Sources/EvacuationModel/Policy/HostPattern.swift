/// Which hosts a rolling maintenance is about: a glob over their names, or `key=value` over labels, `rack` and `zone`.
public struct HostPattern: Hashable, Sendable, CustomStringConvertible {
  /// The pattern as written.
  public let description: String
  private let key: String?
  private let value: Glob

  /// The pattern `text`. What stands before the first `=` is the key; its value may be a glob as well.
  public init(_ text: String) {
    description = text
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    key = parts.count == 2 ? parts[0] : nil
    value = Glob(parts.last ?? "")
  }

  /// Whether `host` is meant. `rack` and `zone` are its own; a label of that name counts where it has none.
  public func matches(_ host: Host) -> Bool {
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
