import EvacuationModel
import Foundation
import Testing

@Suite struct `Documents` {
  @Test func `explain every finding, and none that does not exist`() throws {
    let headings = try Repository.text("docs/errors.md").split(separator: "\n").filter {
      $0.hasPrefix("### ")
    }
    let documented = headings.compactMap { $0.dropFirst(4).split(separator: ":").first.map(String.init) }
    #expect(documented == FindingCode.allCases.map(\.rawValue).sorted(by: documentedOrder))
  }

  /// By chapter (reading, policy, request, verification, import), then by number.
  private func documentedOrder(_ one: String, _ other: String) -> Bool {
    func key(_ code: String) -> (Int, String) {
      (
        "IPRVM".firstIndex { code.hasPrefix(String($0)) }.map {
          "IPRVM".distance(from: "IPRVM".startIndex, to: $0)
        } ?? 9, code
      )
    }
    return key(one) < key(other)
  }

  @Test func `show each finding with its own code and severity`() throws {
    let sections = try Repository.text("docs/errors.md").components(separatedBy: "\n### ").dropFirst()
    for section in sections {
      let code = String(section.prefix(4))
      let marks = ["error", "warning", "note"].map { "\($0)[\(code)]: " }
      #expect(marks.contains { section.contains($0) }, "\(code) has no example")
      #expect(section.contains("**Cause.**") && section.contains("**What to do.**"), "\(code)")
    }
  }

  @Test func `use names that exist`() throws {
    let declarations = Set(
      try Repository.sources().flatMap { source in
        source.lines.flatMap { line in
          let words = line.split { " :<({".contains($0) }
          return zip(words, words.dropFirst()).filter { ["struct", "enum", "class"].contains($0.0) }.map {
            String($0.1)
          }
        }
      } + ["Duration"])
    let rows = Repository.tableRows(of: try Repository.text("docs/vocabulary.md"))
    #expect(rows.count > 30)
    for row in rows {
      for name in Repository.codeWords(of: row[1]) {
        #expect(declarations.contains(name), "vocabulary.md names \(name), which does not exist")
      }
    }
  }

  @Test func `name files that exist`() throws {
    for document in [
      "README.md", "CHANGELOG.md", "docs/architecture.md", "docs/vocabulary.md", "docs/errors.md",
    ] {
      let folder = URL(fileURLWithPath: "\(Repository.root)/\(document)").deletingLastPathComponent()
      for part in try Repository.text(document).components(separatedBy: "](").dropFirst() {
        let target = String(part.prefix { $0 != ")" && $0 != "#" })
        guard !target.isEmpty, !target.contains("://") else { continue }
        #expect(
          FileManager.default.fileExists(atPath: folder.appending(path: target).path),
          "\(document) links to \(target)")
      }
    }
  }
}
