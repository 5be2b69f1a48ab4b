import EvacTestSupport
import Foundation
import Testing

/// A fenced block of a Markdown text.
private struct Block {
  let language: String
  var lines: [String] = []

  static func all(in markdown: String) -> [Self] {
    var blocks: [Self] = []
    var fence: Substring?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil } else { blocks[blocks.count - 1].lines.append(String(line)) }
      } else if ticks.count >= 3 {
        fence = ticks
        blocks.append(Self(language: String(line.dropFirst(ticks.count))))
      }
    }
    return blocks
  }
}

/// A command of the README and what the README says that it prints.
struct Shown: Sendable, CustomTestStringConvertible {
  let command: String
  let output: String?

  var testDescription: String { command }

  /// Every line of the blocks marked `sh`, the last one of each with the block marked `text` that follows.
  static let all: [Self] = {
    let blocks = Block.all(in: (try? Repository.text("README.md")) ?? "")
    return blocks.indices.filter { blocks[$0].language == "sh" }.flatMap { index in
      let next = index + 1 < blocks.count && blocks[index + 1].language == "text" ? blocks[index + 1] : nil
      let commands = blocks[index].lines
      return commands.enumerated().map { number, command in
        Self(
          command: command,
          output: number == commands.count - 1 ? next.map { $0.lines.joined(separator: "\n") + "\n" } : nil)
      }
    }
  }()

  /// The command for the `evac` that is built already; `nil` for what is not evac's.
  var evac: String? {
    for prefix in ["swift run evac ", "evac "] where command.hasPrefix(prefix) {
      return "evac " + command.dropFirst(prefix.count)
    }
    return nil
  }

  /// The parts of the output between lines of `…`, which stand for what the README leaves out.
  var parts: [String] {
    (output ?? "").components(separatedBy: "…\n").filter { !$0.isEmpty }
  }
}

@Suite struct `The README` {
  @Test func `shows what its commands print`() throws {
    let workplace = try Workplace(root: Repository.root)
    for shown in Shown.all {
      guard let command = shown.evac else { continue }
      let run = try workplace.run(command)
      #expect(run.status == 0 || run.status == 3, "\(command): \(run.error)")
      guard shown.output != nil else { continue }
      var rest = run.output[...]
      for part in shown.parts {
        guard let range = rest.range(of: part) else {
          Issue.record("\(command) no longer prints\n\(part)\nbut\n\(run.output)")
          break
        }
        rest = rest[range.upperBound...]
      }
    }
  }

  @Test func `begins with the commands that the checks run`() throws {
    let commands = Shown.all.map(\.command)
    #expect(commands.contains("swift test"))
    #expect(commands.first { $0.hasPrefix("swift run evac plan") }?.contains("three-hosts.yaml") == true)
    #expect(Shown.all.count { $0.output != nil } >= 3)
  }

  @Test func `names every exit status of the program`() throws {
    let readme = try Repository.text("README.md")
    for status in [0, 1, 2, 3, 64] {
      #expect(readme.contains("| \(status) |"), "exit status \(status)")
    }
  }
}
