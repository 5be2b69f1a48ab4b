import EvacuationModel

/// A play that carries out one batch; its hosts are the guests.
enum AnsibleBatchPlay {
  static func lines(
    _ batch: Int, _ steps: [PlannedMigration], _ plan: EvacuationPlan, _ runtime: ShellRuntime
  ) -> [String] {
    guard !steps.isEmpty else { return [] }
    let phases =
      steps.compactMap { AnsiblePhase.phases(of: $0, on: plan.platform, runtime)?.count }.max() ?? 0
    let limits = plan.concurrency
    let most = max(1, min(steps.count, limits.perCluster.count))
    let atOnce = max(1, min(most, max(limits.liveOutboundPerHost.count, limits.coldOutboundPerHost.count)))
    return question(batch) + AnsiblePlaybook.header("Carry out batch \(batch)", hosts: "evac_batch_\(batch)")
      + ["  any_errors_fatal: true", "  serial: \(most)", "  tasks:"] + byHand
      + [
        "    - name: Migrate", "      when: inventory_hostname not in (evac_done | default([]))",
        "      block:",
      ]
      + (0..<phases).flatMap { phase($0, atOnce: atOnce, of: phases) } + rescue
  }

  /// In a play of its own: one question for all guests of the batch.
  private static func question(_ batch: Int) -> [String] {
    AnsiblePlaybook.header("Ask before batch \(batch)") + [
      "    - name: Ask before batch \(batch)", "      ansible.builtin.pause:",
      "        prompt: Enter starts batch \(batch), Ctrl-C A stops here",
      "      when: not (evac_yes | default(false) | bool)",
    ]
  }

  private static let byHand = [
    "    - name: A step without an id of the platform is a person's",
    "      ansible.builtin.assert:", "        that:",
    "          - not evac_by_hand or inventory_hostname in (evac_done | default([]))",
    "        fail_msg: No command is given for this step. Carry it out by hand, then name it in evac_done",
  ]

  /// Look, act unless it is so already, wait for the command, look until it is so or the limit has passed.
  private static func phase(_ index: Int, atOnce: Int, of count: Int) -> [String] {
    let number = index + 1
    let look = "argv: \"{{ evac_phases[\(index)].look }}\""
    let goal = "is superset(evac_phases[\(index)].expect)"
    let exists = "evac_phases | length > \(index)"
    // Where the last phase is over, none of the others is begun again.
    let before =
      index > 0
      ? []
      : [
        "        - name: Look whether it has moved already", "          ansible.builtin.command:",
        "            argv: \"{{ evac_phases[-1].look }}\"", "          register: evac_seen_last",
        "          changed_when: false", "          failed_when: false",
        "          when: \(exists)",
        "        - name: Remember whether it has to move", "          ansible.builtin.set_fact:",
        "            evac_acted: \"{{ evac_seen_last.stdout_lines is not superset(evac_phases[-1].expect) }}\"",
        "          when: \(exists)",
      ]
    let when = ["          when:", "            - \(exists)", "            - evac_acted"]
    return before + [
      "        - name: Start phase \(number) of \(count)", "          ansible.builtin.command:",
      "            argv: \"{{ evac_phases[\(index)].action }}\"", "          async: \"{{ evac_limit }}\"",
      "          poll: 0", "          throttle: \(atOnce)", "          register: evac_job",
      "          changed_when: true",
    ] + when + [
      "        - name: Wait for the command of phase \(number)", "          ansible.builtin.async_status:",
      "            jid: \"{{ evac_job.ansible_job_id }}\"", "          register: evac_ended",
      "          until: evac_ended is finished", "          retries: \"{{ evac_limit | int // 5 + 1 }}\"",
      "          delay: \"{{ evac_poll | default(5) }}\"",
    ] + when + [
      "        - name: See that phase \(number) is over", "          ansible.builtin.command:",
      "            \(look)",
      "          register: evac_seen", "          until: evac_seen.stdout_lines \(goal)",
      "          retries: \"{{ evac_limit | int // 5 + 1 }}\"",
      "          delay: \"{{ evac_poll | default(5) }}\"",
      "          changed_when: false",
    ] + when
  }

  private static let rescue = [
    "      rescue:", "        - name: Stop, and say what to do", "          ansible.builtin.fail:",
    "            msg: >-",
    "              {{ inventory_hostname }} did not come to its end within its limit. Nothing"
      + " further is started.",
    "              See the runbook (--format markdown), \"When something is stuck\". Then evac record and evac replan.",
  ]
}
