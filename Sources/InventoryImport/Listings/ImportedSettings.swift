/// Settings of a platform, to be written as a policy.
struct ImportedSettings: Sendable {
  /// One key of a section.
  private struct Entry {
    let section: String
    let line: String
    let source: String
  }

  /// The order of the policy format.
  private static let sections = ["concurrency", "network", "precopy", "cold", "capacity"]

  private var entries: [Entry] = []
  /// Rules, each as the lines of one list entry.
  private var rules: [(lines: [String], source: String)] = []

  var isEmpty: Bool { entries.isEmpty && rules.isEmpty }

  /// Sets `section.key` to `value`, which is YAML; `source` is the setting's name on the platform.
  mutating func set(_ section: String, _ key: String, _ value: String, source: String) {
    entries.append(Entry(section: section, line: "\(key): \(value)", source: source))
  }

  /// Adds a rule; `lines` are the YAML of one entry.
  mutating func addRule(_ lines: [String], source: String) { rules.append((lines, source)) }

  /// The policy's text.
  func text(name: String) -> String {
    var lines = [
      "# The platform's own settings, as its listings told them; what is not written is its default.",
      "format: evac.policy/1", "name: \(YAMLScalar.text(name))",
    ]
    for section in Self.sections {
      let own = entries.filter { $0.section == section }
      guard !own.isEmpty else { continue }
      lines.append("\(section):")
      lines += own.map { "  \($0.line)  \(YAMLScalar.comment($0.source))" }
    }
    if !rules.isEmpty { lines.append("rules:") }
    for rule in rules {
      lines.append("  \(YAMLScalar.comment(rule.source))")
      lines += InventoryText.item(rule.lines).map { "  " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
