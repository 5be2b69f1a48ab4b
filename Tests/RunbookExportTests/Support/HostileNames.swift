/// Names that somebody may give a machine to see what breaks, from a seed.
struct HostileNames {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// Pieces that are special to shells, Markdown, terminals or option parsers.
  private static let pieces = [
    "; touch canary;", "$(touch canary)", "`touch canary`", "' touch canary '", "\" touch canary \"",
    "&& touch canary", "| touch canary", "\n touch canary\n", "> canary", "--option", "-rf", "--", "$HOME",
    "${IFS}", "~", "*", "?", "[a]", "\\", "\\n", "#", "!", "```", "\n```\n", "|", "<b>", "&amp;",
    "\u{1B}[31m",
    "\u{202E}", "\u{200B}", "\r", "\t", " ", "", "é", "日本", "🚀", "a", "web", "7", "=", "%s", "{a,b}",
    "'", "\"", "'\\''", "1. ", "- [ ] ", "# ", "@all", "http://x", "\u{7F}", "\u{85}", "\u{2028}",
  ]

  mutating func next() -> String {
    (0..<Int(random() % 5) + 1).map { _ in Self.pieces[Int(random() % UInt64(Self.pieces.count))] }.joined()
  }

  /// SplitMix64.
  private mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
