/// What was probably meant by a word that is not known.
public enum Suggestion {
  /// The nearest of `known`: at most two edits away, or the one that continues what was written or that it
  /// continues; `nil` when nothing is near.
  public static func nearest(to word: String, among known: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let written = Array(word.lowercased())
    let distances = known.map { ($0, distance(written, Array($0.lowercased()))) }
    if let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 < written.count { return best.0 }
    guard written.count >= 3 else { return nil }
    let lowered = word.lowercased()
    return known.first { $0.lowercased().hasPrefix(lowered) || lowered.hasPrefix($0.lowercased()) }
  }

  /// Help for a word that is none of `known`.
  public static func help(for word: String, among known: [String]) -> String {
    if let nearest = nearest(to: word, among: known) { return "did you mean `\(nearest)`?" }
    return "use one of \(known.joined(separator: ", "))"
  }

  /// Levenshtein's distance.
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let substituted = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
