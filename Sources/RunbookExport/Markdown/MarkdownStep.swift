import EvacuationModel
import Quantities

/// One step as an item of a task list: what to do stands before why, and what to do when it goes wrong last.
enum MarkdownStep {
  static func lines(_ step: RunbookStep) -> [String] {
    var lines = ["- [ ] **\(MarkdownText.escaped(step.title))**"]
    lines += step.warnings.map { labelled("Careful", $0) }
    lines += commands(step.commands)
    lines += step.then.flatMap { instruction("Then", $0) }
    lines += step.why.map { labelled("Why", $0) }
    lines += step.migration.map(expected) ?? []
    if !step.watch.isEmpty { lines += ["  - Watch:"] + commands(step.watch) }
    if !step.doneWhen.isEmpty { lines += [labelled("Done when", step.doneWhen)] }
    lines += commands(step.verify)
    lines += step.otherwise.map { [labelled("Otherwise", $0)] } ?? []
    lines += step.worry.map(worry) ?? []
    for (number, lever) in zip(1..., step.levers) {
      lines += instruction("Lever \(number)", lever)
    }
    lines += step.abort.map { instruction("Stop", $0) } ?? []
    lines += step.rollback.map { instruction("Undo", $0) } ?? []
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func expected(_ migration: RunbookMigration) -> [String] {
    [
      labelled(
        "Takes",
        "\(migration.duration.text), in 9 of 10 cases at most \(migration.durationP90.text); pause "
          + "\(migration.pause.text), at most \(migration.pauseP90.text)")
    ]
  }

  private static func worry(_ limit: WorryLimit) -> [String] {
    guard let remaining = limit.remaining else {
      return [
        labelled("Worry", "after \(limit.lookAfter.text): look into it; how much is left says nothing here")
      ]
    }
    let pass = limit.passTime.text
    return [
      labelled("Worry", "after \(limit.lookAfter.text): look every \(limit.lookEvery.text) at what remains"),
      labelled(
        "Judge",
        "by the highest figure in each \(pass): it jumps up after every pass, the lowest says nothing"
      ),
      labelled(
        "Decide",
        "at \(limit.decideAfter.text). More than \(remaining) in two such periods, the second no lower: it will "
          + "not end by itself. Pull the levers in order, then stop it."),
    ]
  }

  private static func instruction(_ label: String, _ instruction: RunbookInstruction) -> [String] {
    [labelled(label, instruction.text)] + commands(instruction.commands)
  }

  private static func labelled(_ label: String, _ text: String) -> String {
    "  - \(label): \(MarkdownText.escaped(text))"
  }

  /// One fenced block for the commands that can be written out, and a remark for each that cannot.
  private static func commands(_ commands: [RunbookCommand]) -> [String] {
    let written = commands.compactMap { command in
      ShellQuoting.line(for: command).map { line in
        [command.subject.map { "    # \(VisibleText.of($0))" }, "    \(line)"].compactMap(\.self)
      }
    }
    let refused = commands.filter { ShellQuoting.line(for: $0) == nil }.map { command in
      labelled(
        "No command",
        "a name in it holds characters that cannot be seen: \(command.argv.joined(separator: " "))")
    }
    guard !written.isEmpty else { return refused }
    return refused + ["", "    ```sh"] + unrepeated(written) + ["    ```", ""]
  }

  /// A comment stands once over the commands that it is about.
  private static func unrepeated(_ groups: [[String]]) -> [String] {
    var lines: [String] = []
    var comment: String?
    for group in groups {
      if group.count == 2, group[0] == comment {
        lines.append(group[1])
      } else {
        lines += group
        comment = group.count == 2 ? group[0] : nil
      }
    }
    return lines
  }
}
