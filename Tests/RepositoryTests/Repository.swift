import Foundation

/// The package's folder and what lies in it.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// The names in `folder` that end in `suffix`, sorted.
  static func names(in folder: String, suffix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").filter { $0.hasSuffix(suffix) }
      .sorted()
  }

  /// A file of `Sources`.
  struct SourceFile {
    let path: String
    let text: String

    /// The first folder below `Sources`.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The modules it imports, whatever stands before the word `import`.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        let modifiers = words.prefix {
          $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0)
        }
        guard words.dropFirst(modifiers.count).first == "import" else { return nil }
        return words.last.map { String($0.split(separator: ".").first ?? $0) }
      }
    }
  }

  static func sources() throws -> [SourceFile] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/Sources")
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map {
      SourceFile(path: "Sources/\($0)", text: try text("Sources/\($0)"))
    }
  }

  /// The rows of the tables of a Markdown text, heads and rules left out.
  static func tableRows(of markdown: String) -> [[String]] {
    let lines = markdown.split(separator: "\n")
    return lines.enumerated().filter { index, line in
      line.hasPrefix("|") && !line.hasPrefix("| ---")
        && !(index + 1 < lines.count && lines[index + 1].hasPrefix("| ---"))
    }.map { _, line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What stands between backticks in a text.
  static func codeWords(of text: String) -> [String] {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
  }
}
