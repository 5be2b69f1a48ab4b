/// A shell-style pattern: `*` is any run of characters, `?` any single one; nothing else is special.
public struct Glob: Hashable, Sendable {
  /// The pattern as written.
  public let pattern: String

  /// The pattern `pattern`.
  public init(_ pattern: String) {
    self.pattern = pattern
  }

  /// Whether the pattern has no special character.
  public var isPlain: Bool { !pattern.contains { $0 == "*" || $0 == "?" } }

  /// Whether the whole of `text` fits the pattern; linear in practice, never exponential.
  public func matches(_ text: String) -> Bool {
    if isPlain { return pattern == text }
    let wanted = Array(pattern)
    let given = Array(text)
    var w = 0
    var g = 0
    var star: (pattern: Int, text: Int)?
    while g < given.count {
      if w < wanted.count, wanted[w] == "*" {
        star = (w, g)
        w += 1
      } else if w < wanted.count, wanted[w] == "?" || wanted[w] == given[g] {
        w += 1
        g += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        w = last.pattern + 1
        g = last.text + 1
      } else {
        return false
      }
    }
    return wanted[w...].allSatisfy { $0 == "*" }
  }
}
