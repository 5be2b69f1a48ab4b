import EvacuationModel
import Testing

@testable import EvacCommands

@Suite struct `Tables` {
  @Test func `align columns to the left and to the right`() {
    var table = TextTable([("vm", .left), ("takes", .right), ("to", .left)])
    table.add(["web-01", "9 s", "a"])
    table.add(["b", "12 min 30 s", "compute-02"])
    #expect(
      table.lines == [
        "vm            takes  to",
        "web-01          9 s  a",
        "b       12 min 30 s  compute-02",
      ])
  }

  @Test func `have no blanks at the ends of lines, and bear rows that are too short`() {
    var table = TextTable([("a", .left), ("b", .left)])
    table.add(["long cell", ""])
    table.add(["x"])
    #expect(table.lines == ["a          b", "long cell", "x"])
  }

  @Test func `let a cell beyond the widest push its own line only`() {
    var table = TextTable([("a", .left), ("b", .left)], widest: 5)
    table.add(["much too long", "1"])
    table.add(["short", "2"])
    #expect(table.lines == ["a      b", "much too long  1", "short  2"])
  }

  @Test func `count a hidden character as wide as it is shown`() {
    var table = TextTable([("a", .left), ("b", .left)])
    table.add(["\u{7}", "1"])
    table.add(["12345678", "2"])
    #expect(table.lines.dropFirst() == ["<U+0007>  1", "12345678  2"])
  }
}

@Suite struct `Wrapped text` {
  @Test func `keeps short sentences whole`() {
    #expect(WrappedText.lines("as it is", indentation: 2) == ["  as it is"])
    #expect(WrappedText.lines("", indentation: 2) == ["  "])
  }

  @Test func `breaks between words at 100 columns and loses none`() {
    let words = (1...60).map { "word-\($0)" }
    let lines = WrappedText.lines(words.joined(separator: " "), indentation: 4)
    #expect(lines.count > 1)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.flatMap { $0.split(separator: " ") }.map(String.init) == words)
    #expect(lines[0].hasPrefix("    word") && lines[1].hasPrefix("      word"))
  }

  @Test func `never parts a number from its unit`() {
    for length in 80...100 {
      let text = String(repeating: "x", count: length) + " 83.9 % or more"
      #expect(WrappedText.lines(text, indentation: 0).contains { $0.contains("83.9 %") })
    }
  }

  @Test func `leaves a word alone that is longer than a line`() {
    let word = String(repeating: "x", count: 150)
    #expect(WrappedText.lines("a \(word) b", indentation: 0) == ["a", "  \(word)", "  b"])
  }
}

@Suite struct `Findings for people` {
  private let finding = Finding(
    .badQuantity, path: "night.yaml", place: "7:42", message: "\"64\" has no unit", help: "write \"64 GiB\"")

  @Test func `show place, severity, code, message and help`() {
    #expect(
      FindingView.text(finding, paint: .none)
        == "night.yaml:7:42: error[I009]: \"64\" has no unit\n  help: write \"64 GiB\"")
  }

  @Test func `are coloured at their severity alone`() {
    let text = FindingView.text(finding, paint: Paint(isOn: true))
    #expect(text.hasPrefix("night.yaml:7:42: \u{1B}[31merror[I009]\u{1B}["))
    #expect(text.hasSuffix(": \"64\" has no unit\n  help: write \"64 GiB\""))
  }

  @Test func `make hidden characters visible`() {
    var hostile = finding
    hostile.message = "\u{1B}[31mred"
    #expect(FindingView.text(hostile, paint: .none).contains("<U+001B>[31mred"))
  }

  @Test func `are counted in the verdict`() {
    func verdict(_ findings: [Finding]) -> String {
      let text = VerdictView(findings: findings, steps: 1, paint: .none).text
      return String(text.split(separator: "\n").last ?? "")
    }
    var warning = finding
    warning.severity = .warning
    #expect(verdict([warning]) == "The plan holds: 1 step replayed, no violation.")
    #expect(verdict([finding, warning]) == "The plan does not hold: 1 violation.")
    #expect(verdict([finding, finding]) == "The plan does not hold: 2 violations.")
  }
}
