import EvacTestSupport
import Foundation
import Testing

/// A document's commands and what it says that they print.
struct Page {
  /// A fenced block.
  private struct Block {
    var language: String
    /// In the file, without the fences.
    var range: Range<Int>
  }

  /// A command, and where the README shows its output.
  struct Shown {
    var command: String
    var output: Range<Int>?

    /// The command for the `evac` that is built already; `nil` for what is not evac's.
    var evac: String? {
      for prefix in ["swift run evac ", "evac "] where command.hasPrefix(prefix) {
        return "evac " + command.dropFirst(prefix.count)
      }
      return nil
    }
  }

  let path: String
  private(set) var lines: [String]

  /// The document at `path` in the repository.
  init(_ path: String) throws {
    self.path = path
    lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// Every line of the blocks marked `sh`, the last one of each with the block marked `text` that follows.
  var shown: [Shown] {
    let blocks = blocks
    return blocks.indices.filter { blocks[$0].language == "sh" }.flatMap { index in
      let output = blocks.dropFirst(index + 1).first.flatMap { $0.language == "text" ? $0.range : nil }
      let range = blocks[index].range
      return range.map { Shown(command: lines[$0], output: $0 == range.upperBound - 1 ? output : nil) }
    }
  }

  private var blocks: [Block] {
    var blocks: [Block] = []
    var open: (fence: Substring, block: Block)?
    for (index, line) in lines.enumerated() {
      let fence = line.prefix { $0 == "`" }
      if let (opening, block) = open {
        guard line == opening else { continue }
        blocks.append(Block(language: block.language, range: block.range.lowerBound..<index))
        open = nil
      } else if fence.count >= 3 {
        let language = String(line.dropFirst(fence.count))
        open = (fence, Block(language: language, range: index + 1..<index + 1))
      }
    }
    return blocks
  }

  /// What the document would show of `printed` if it were written now, at `range`. A line of `…` stands for what
  /// is left out: the part before the first is how the output begins, the part after the last how it ends, and
  /// each one between is found by its first line, whatever numbers that holds.
  func excerpt(of printed: [String], at range: Range<Int>) -> [String] {
    let parts = lines[range].split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return printed }
    var rest = printed[...]
    let excerpts = parts.enumerated().map { number, part in
      if number == 0 {
        let first = Array(rest.prefix(part.count))
        rest = rest.dropFirst(part.count)
        return first
      }
      if number == parts.count - 1 { return Array(rest.suffix(part.count)) }
      rest = rest.drop { Self.shape(of: $0) != Self.shape(of: part.first ?? "") }
      let found = Array(rest.prefix(part.count))
      rest = rest.dropFirst(part.count)
      return found
    }
    return Array(excerpts.joined(separator: ["…"]))
  }

  /// A line without its numbers and without the blanks that align it.
  private static func shape(of line: String) -> String {
    line.split { $0.isNumber || $0 == "." || $0 == " " }.joined(separator: " ")
  }

  /// Runs every command in `workplace` and holds what it prints against what is shown; writes it anew with `isRecording`.
  mutating func check(in workplace: Workplace, isRecording: Bool) throws {
    for index in shown.indices {
      // Found anew each time: a recorded output may be longer than the one before.
      let shown = shown[index]
      guard let command = shown.evac else { continue }
      let run = try workplace.run(command)
      #expect(run.status == 0 || run.status == 3, "\(command): \(run.error)")
      guard let range = shown.output else { continue }
      let excerpt = excerpt(
        of: run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init),
        at: range)
      if isRecording {
        try show(excerpt, at: range)
        Issue.record("recorded \(command); read the change, then run without EVAC_RECORD")
      } else {
        #expect(
          Array(lines[range]) == excerpt, "\(path): \(command); EVAC_RECORD=1 swift test writes it anew")
      }
    }
  }

  /// Shows `excerpt` at `range` from now on.
  mutating func show(_ excerpt: [String], at range: Range<Int>) throws {
    lines.replaceSubrange(range, with: excerpt)
    try lines.joined(separator: "\n").write(
      toFile: "\(Repository.root)/\(path)", atomically: true, encoding: .utf8)
  }
}
