public import EvacuationModel
import Quantities

/// A plan as an Ansible playbook. Commands are `argv` lists, so that no shell reads them, and every word is an
/// `!unsafe` double-quoted scalar, so that Ansible reads none as a template. Guests are hosts of the playbook, by
/// the names of their steps: a play carries out a batch, `serial` and `throttle` hold it to the plan's limits.
public enum AnsiblePlaybook {
  /// The playbook of `plan`, which the store knows by `id`.
  public static func render(_ plan: EvacuationPlan, id: String) throws(ShellRunbook.Refusal) -> String {
    guard let runtime = ShellRuntime(for: plan.platform) else {
      throw ShellRunbook.Refusal(
        place: plan.platform.rawValue, message: "there is no playbook for this platform",
        help: "take --format markdown; playbooks are made for nova, libvirt, proxmox and kubevirt")
    }
    try ShellRunbook.check(plan)
    let runbook = RunbookBuilder.runbook(for: plan)
    var lines =
      ["---", comment(ShellRunbook.title(plan))]
      + [
        "# Plan \(id). Ask for each batch: nothing to say; do not ask: -e evac_yes=true; an old inventory:",
        "# -e evac_accept_age=true; a step carried out by hand: -e '{\"evac_done\": [\"m003\"]}'.",
        "# What is at its destination already is passed over, so a playbook that has stopped may be run again.",
      ]
    lines += AnsibleFirstPlay.lines(plan, runtime)
    for section in runbook.sections {
      lines += play(section, plan, runtime)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func play(
    _ section: RunbookSection, _ plan: EvacuationPlan, _ runtime: ShellRuntime
  ) -> [String] {
    switch section.kind {
    case .closeHosts(let wave): return commands("Close the hosts of wave \(wave)", section)
    case .batch(_, let batch):
      let ids = Set(section.steps.compactMap(\.migration).map(\.id))
      return AnsibleBatchPlay.lines(batch, plan.steps.filter { ids.contains($0.id) }, plan, runtime)
    case .hostsEmpty(let wave):
      let hosts = plan.waves.first { $0.number == wave }?.hosts ?? []
      return AnsibleFirstPlay.lines(empty: hosts, wave: wave, plan, runtime)
    case .openAgain(let wave): return opening(wave, section, plan)
    case .preChecks, .maintenance, .wayBack, .whenStuck: return []
    }
  }

  private static func commands(_ name: String, _ section: RunbookSection) -> [String] {
    let commands = section.steps.flatMap { $0.commands + $0.then.flatMap(\.commands) }
    guard !commands.isEmpty else { return [] }
    return header(name)
      + commands.enumerated().flatMap { index, command in
        task("\(name) (command \(index + 1))", command, changes: true)
      }
  }

  /// The maintenance is a person's: somebody has to say that it is over.
  private static func opening(_ wave: Int, _ section: RunbookSection, _ plan: EvacuationPlan) -> [String] {
    let hosts = plan.waves.first { $0.number == wave }?.hosts.list ?? ""
    return header("Open the hosts of wave \(wave) again") + [
      "    - name: Wait for the maintenance of wave \(wave)", "      ansible.builtin.pause:",
      "        prompt: "
        + YAMLText.quoted(
          "Maintain \(hosts) now. Enter when it is back, Ctrl-C A to leave it closed", indentation: 10),
    ]
      + section.steps.flatMap(\.commands).enumerated().flatMap { index, command in
        task("Open again (command \(index + 1))", command, changes: true)
      }
  }

  static func header(_ name: String, hosts: String = "localhost") -> [String] {
    ["", "- name: \(name)", "  hosts: \(hosts)", "  gather_facts: false"]
      + (hosts == "localhost" ? ["  connection: local", "  tasks:"] : [])
  }

  /// A task of a play; `name` has no characters that YAML would read otherwise.
  static func task(_ name: String, _ command: RunbookCommand, changes: Bool) -> [String] {
    [
      "    - name: \(name)", "      ansible.builtin.command:", "        argv:",
    ] + list(argv(of: command), indentation: 10) + ["      changed_when: \(changes)"]
  }

  static func list(_ words: [String], indentation: Int) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return words.map { "\(margin)- \(YAMLText.unsafe($0, indentation: indentation + 4))" }
  }

  /// A command for another host goes through `ssh`, whose remote shell reads one quoted line.
  static func argv(of command: RunbookCommand) -> [String] {
    guard let host = command.host else { return command.argv }
    return ["ssh", "-o", "BatchMode=yes", "--", host.name, ShellQuoting.line(command.argv)]
  }

  /// A comment of one line, short enough for ansible-lint.
  static func comment(_ text: String) -> String { "# " + VisibleText.of(text).prefix(110) }
}
