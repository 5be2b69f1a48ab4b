/// A pattern that matches one name only, whatever is in it.
enum PlainGlob {
  /// `?` stands where the name has a character that means something in a pattern: it matches that one.
  static func text(_ name: String) -> String {
    String(name.map { $0 == "*" ? "?" : $0 })
  }
}
