public import EvacuationModel
import Quantities

/// A runbook that carries itself out: a bash script for whoever is awake that night.
///
/// It is the plan as calls with quoted words, and below it functions that know nothing of this plan
/// (`Runtime/*.sh`). Guests are addressed by the platform's id; a step whose guest has none, or a strange one, is
/// left to a person. Names stand in comments and in what is printed, on one line each.
public enum ShellRunbook {
  /// Why a plan cannot become a script at all.
  public struct Refusal: Error, Hashable {
    /// What it is about: a step or a host.
    public let place: String
    /// What is wrong.
    public let message: String
    /// What to do.
    public let help: String
  }

  /// The script for `plan`, which the store knows by `id` (hexadecimal digits).
  public static func render(_ plan: EvacuationPlan, id: String) throws(Refusal) -> String {
    guard let runtime = ShellRuntime(for: plan.platform) else {
      throw Refusal(
        place: plan.platform.rawValue, message: "there is no script for this platform",
        help: "take --format markdown; scripts are made for nova, libvirt, proxmox and kubevirt")
    }
    try check(plan)
    let runbook = RunbookBuilder.runbook(for: plan)
    let lines =
      header(plan, id: id) + ShellPlanSection.lines(plan, runbook, id: id, runtime)
      + recovery(runbook) + [""] + runtime.lines + ["", "main \"$@\"", "exit"]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func header(_ plan: EvacuationPlan, id: String) -> [String] {
    [
      "#!/usr/bin/env bash", comment(title(plan)),
      comment("Plan \(id), from inventory \(plan.inventory.label) and policy \(plan.policy.label)"),
      "# Try it with --dry-run; --help lists the options. What stands here is the plan; the rest never changes.",
      "set -Eeuo pipefail", "umask 077", "export TZ=UTC", "",
    ]
  }

  static func title(_ plan: EvacuationPlan) -> String {
    if let restore = plan.request.restore { return "Bring \(restore.homes.count) guests home" }
    return plan.request.rolling.map { "Maintain \($0) in turn" } ?? "Empty \(plan.request.drain.list)"
  }

  /// A newline in a name would end the comment and begin a command.
  static func comment(_ text: String) -> String { "# \(VisibleText.of(text))" }

  private static func recovery(_ runbook: Runbook) -> [String] {
    let steps = runbook.sections.filter { $0.kind == .whenStuck }.flatMap(\.steps)
    let texts = steps.enumerated().flatMap { number, step -> [String] in
      let points = (step.warnings + step.why).map { text in "   - \(text)" }
      let commands = step.commands.compactMap(ShellQuoting.line).map { line in "     \(line)" }
      return ["\(number + 1). \(step.title)"] + points + commands
    }
    let lines = texts.map { ShellQuoting.quoted(VisibleText.of($0)) }
    return ["recovery() {", "  printf '%s\\n' \\", "    \(lines.joined(separator: " \\\n    "))", "}"]
  }

  /// Hosts and steps are words of the script's own, so they must be plain.
  static func check(_ plan: EvacuationPlan) throws(Refusal) {
    let hosts = plan.waves.flatMap(\.hosts) + plan.steps.flatMap { [$0.source, $0.destination] }
    if let host = hosts.first(where: { !$0.isPlainHostName }) {
      throw Refusal(
        place: VisibleText.of(host.name), message: "is no host name that could stand in a script",
        help: "take --format markdown, and use the platform's own tools for this host")
    }
    let steps = Set(plan.steps.map(\.id))
    guard steps.count == plan.steps.count else {
      throw Refusal(place: "steps", message: "two steps have one name", help: "plan again")
    }
    for step in plan.steps where !isPlain(step.id.name) || !step.dependsOn.allSatisfy(steps.contains) {
      throw Refusal(
        place: VisibleText.of(step.id.name),
        message: "is no step's name, or waits for a step that the plan does not have",
        help: "take the plan as evac plan wrote it")
    }
  }

  private static func isPlain(_ id: String) -> Bool { Host.ID(id).isPlainHostName }
}
