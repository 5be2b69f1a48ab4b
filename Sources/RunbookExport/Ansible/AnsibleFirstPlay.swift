import EvacuationModel
import Quantities

/// The plays on localhost: the checks before anything is touched, who the guests are, and whether a host is empty.
enum AnsibleFirstPlay {
  static func lines(_ plan: EvacuationPlan, _ runtime: ShellRuntime) -> [String] {
    AnsiblePlaybook.header("Check before anything is touched") + age(plan)
      + plan.hostsToEmpty.enumerated().flatMap { strangers(on: $1, number: $0 + 1, plan, runtime) }
      + plan.steps.flatMap { guest($0, plan, runtime) }
  }

  /// Whether a host is empty: it shows none of the plan's guests any more.
  static func lines(
    empty hosts: [Host.ID], wave: Int, _ plan: EvacuationPlan, _ runtime: ShellRuntime
  ) -> [String] {
    guard !hosts.isEmpty else { return [] }
    return AnsiblePlaybook.header("See that the hosts of wave \(wave) are empty")
      + hosts.enumerated().flatMap { index, host in
        let moved = plan.steps.filter { $0.source == host }.compactMap(\.guest.platformID)
          .filter(runtime.isMachine).map { $0.lowercased() }
        return listing(host, plan, name: "List the guests of host \(index + 1)") + [
          "    - name: None of the guests to move is left there", "      ansible.builtin.assert:",
          "        that:",
          "          - (evac_listed.stdout | \(words(plan))) | intersect(evac_moved) | length == 0",
          "        fail_msg: " + YAMLText.quoted("\(host) is not empty: do not begin the maintenance"),
          "      vars:", "        evac_moved:\(moved.isEmpty ? " []" : "")",
        ] + AnsiblePlaybook.list(moved, indentation: 10)
      }
  }

  private static func age(_ plan: EvacuationPlan) -> [String] {
    let taken = ShellPlanSection.number(plan.capturedAt?.secondsSince1970 ?? 0)
    let limit = ShellPlanSection.number(RunbookBuilder.ageLimit.seconds)
    return [
      "    - name: The inventory is fresh", "      ansible.builtin.assert:", "        that:",
      "          - >-", "            evac_accept_age | default(false) | bool",
      "            or (now().timestamp() | int) - \(taken) <= \(limit)",
      "        fail_msg: The inventory is too old. Take a new one and plan again, or say -e evac_accept_age=true",
    ]
  }

  private static func strangers(
    on host: Host.ID, number: Int, _ plan: EvacuationPlan, _ runtime: ShellRuntime
  ) -> [String] {
    let known =
      (plan.steps.filter { $0.source == host || $0.destination == host }.map(\.guest.platformID)
      + plan.unplaced.filter { $0.host == host }.map(\.platformID))
      .compactMap(\.self).filter(runtime.isMachine).map { $0.lowercased() }.uniqued()
    return listing(host, plan, name: "List the guests of host to empty \(number)") + [
      "    - name: The guests of host to empty \(number) are those of the plan",
      "      ansible.builtin.assert:", "        that:",
      "          - (evac_listed.stdout | \(words(plan))) | difference(evac_known) | length == 0",
      "        fail_msg: "
        + YAMLText.quoted(
          "\(host) has guests that the plan does not know: take a new inventory and plan again"),
      "      vars:", "        evac_known:\(known.isEmpty ? " []" : "")",
    ] + AnsiblePlaybook.list(known, indentation: 10)
  }

  private static func listing(_ host: Host.ID, _ plan: EvacuationPlan, name: String) -> [String] {
    let command: RunbookCommand =
      switch plan.platform {
      case .libvirt: RunbookCommand(on: host, CommandLine("virsh", "list", "--all", "--uuid"))
      case .proxmox: RunbookCommand(on: host, CommandLine("qm", "list"))
      case .kubevirt: RunbookCommand(KubeVirtCommands.guests(on: host))
      default:
        RunbookCommand(
          NovaCommands().openstack("2.24", "server", "list", "--all-projects")
            .option("--host", host.name).words("-f", "value", "-c", "ID"))
      }
    return AnsiblePlaybook.task(name, command, changes: false) + ["      register: evac_listed"]
  }

  /// The ids among the words that the listing prints: the first of each line for `qm list`, else every one.
  private static func words(_ plan: EvacuationPlan) -> String {
    plan.platform == .proxmox
      ? "regex_findall('(?m)^ *([1-9][0-9]{2,8}) ')" : "regex_findall('[^ \\n]+')"
  }

  /// A guest becomes a host of the playbook, so that a batch is a play.
  private static func guest(
    _ step: PlannedMigration, _ plan: EvacuationPlan, _ runtime: ShellRuntime
  ) -> [String] {
    let head = [
      "    \(AnsiblePlaybook.comment(step.vm.name))", "    - name: Know \(step.id)",
      "      ansible.builtin.add_host:", "        name: \(YAMLText.quoted(step.id.name))",
      "        groups: evac_batch_\(step.batch)", "        ansible_connection: local",
      "        ansible_python_interpreter: \"{{ ansible_playbook_python }}\"",
      "        evac_limit: \(ShellPlanSection.number(WorryRule.limit(for: step).decideAfter.seconds))",
    ]
    guard let phases = AnsiblePhase.phases(of: step, on: plan.platform, runtime) else {
      return head + ["        evac_by_hand: true", "        evac_phases: []", "      changed_when: false"]
    }
    return head + ["        evac_by_hand: false", "        evac_phases:"]
      + phases.flatMap { phase in
        ["          - action:"]
          + AnsiblePlaybook.list(AnsiblePlaybook.argv(of: phase.action), indentation: 14)
          + ["            look:"]
          + AnsiblePlaybook.list(AnsiblePlaybook.argv(of: phase.look), indentation: 14)
          + ["            expect:"] + AnsiblePlaybook.list(phase.expect, indentation: 14)
      } + ["      changed_when: false"]
  }
}
