/// What a file is about where only its path says so, as in `nodes/pve1/qemu/101/config`.
enum PathSubject {
  /// The longest of `names` that stands in `path` as a word of its own, the one nearest to its end first.
  static func name(in path: String, among names: some Sequence<String>) -> String? {
    names.filter { !$0.isEmpty }.compactMap { name -> (name: String, end: String.Index)? in
      guard let range = lastWord(name, in: path) else { return nil }
      return (name, range)
    }.max { ($0.end, $0.name.utf8.count, $1.name) < ($1.end, $1.name.utf8.count, $0.name) }?.name
  }

  private static func lastWord(_ name: String, in path: String) -> String.Index? {
    path.ranges(of: name).last { range in
      let before = range.lowerBound > path.startIndex ? path[path.index(before: range.lowerBound)] : "/"
      let after = range.upperBound < path.endIndex ? path[range.upperBound] : "/"
      return !isWord(before) && !isWord(after)
    }?.upperBound
  }

  private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  /// The last whole number from `least` on in the last three parts of `path`.
  static func number(in path: String, from least: Int) -> Int? {
    let parts = path.split(separator: "/").suffix(3).joined(separator: "/")
    return parts.split { !isWord($0) }.compactMap { Int($0) }.last { $0 >= least && $0 < 1_000_000_000 }
  }
}
