import EvacuationModel
import Quantities

/// Ganeti, by `gnt-*` on the master. Instances are addressed by name: Ganeti has no other id for a command, and its
/// names are host names.
struct GanetiCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    [
      RunbookStep(
        "The cluster is sound", commands: [RunbookCommand(CommandLine("gnt-cluster", "verify"))],
        doneWhen: "it reports no error; degraded disks are not moved",
        otherwise: "stop; repair the cluster first"),
      RunbookStep(
        "No job is running", commands: [RunbookCommand(CommandLine("gnt-job", "list", "--running"))],
        doneWhen: "the list is empty", otherwise: "wait for it: jobs lock the nodes"),
    ]
      + plan.hostsToEmpty.map { host in
        RunbookStep(
          "The instances of \(host) are those of the plan", commands: instances(on: host),
          doneWhen: "the list shows the guests of this plan and no others",
          otherwise: "take a new inventory and plan again")
      }
  }

  /// The primary instances of a node; its name becomes part of a filter, so it must be plain.
  private func instances(on host: Host.ID) -> [RunbookCommand] {
    guard host.isPlainHostName else { return [] }
    return [
      RunbookCommand(
        CommandLine(
          "gnt-instance", "list", "--no-headers", "-o", "name,status,snodes", "-F", "pnode == \"\(host)\""))
    ]
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Mark \(host) as drained", why: ["Nothing new is placed there. Nothing moves yet."],
      commands: [RunbookCommand(CommandLine("gnt-node", "modify", "--drained=yes").values([host.name]))],
      doneWhen: "gnt-node list -o name,role shows it as drained")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: [RunbookCommand(CommandLine("gnt-node", "list", "-o", "name,mfree,dfree,role"))],
        doneWhen: "free memory covers these sums on every node",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    let name = step.guest.platformID ?? step.vm.name
    guard MachineAddress.isDNSName(name), step.destination.isPlainHostName else {
      return MigrationInstructions(
        warnings: ["No command is given: a name is none that Ganeti accepts."],
        commands: instances(on: step.source), doneWhen: "it runs on \(step.destination)")
    }
    return step.mode == .cold ? cold(step, name) : live(step, name)
  }

  /// With DRBD the destination is its secondary and must not be named; with shared storage it is named.
  private func live(_ step: PlannedMigration, _ name: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(line, subject: step.vm.name) }
    return MigrationInstructions(
      warnings: [
        "With DRBD leave -n out: the instance goes to its secondary, which must be \(step.destination)."
      ],
      commands: [
        on(
          CommandLine("gnt-instance", "migrate", "--submit", "-f", "-n", step.destination.name).values([name])
        )
      ],
      watch: [on(CommandLine("gnt-job", "list", "--running"))],
      doneWhen: "the job is a success, and its primary node is \(step.destination)",
      verify: [shown(step, name)],
      levers: [
        RunbookInstruction(
          "Permit a longer pause for the next try: hypervisor parameter migration_downtime, in ms.")
      ],
      abort: RunbookInstruction(
        "Only while it waits: a job that runs cannot be cancelled. JOB_ID is in the list.",
        [
          RunbookCommand(
            CommandLine("gnt-job", "cancel").values(["JOB_ID"]), placeholders: ["JOB_ID"],
            subject: step.vm.name)
        ]),
      rollback: RunbookInstruction(
        "Migrate it back: with DRBD its secondary is now \(step.source).",
        [on(CommandLine("gnt-instance", "migrate", "--submit", "-f").values([name]))]))
  }

  private func cold(_ step: PlannedMigration, _ name: String) -> MigrationInstructions {
    let on = { (line: CommandLine) in RunbookCommand(line, subject: step.vm.name) }
    return MigrationInstructions(
      warnings: step.guest.state == .stopped
        ? [] : ["Its owner has agreed: it is off for about \(step.forecast.downtime.text)."],
      commands: [
        on(CommandLine("gnt-instance", "move", "--submit", "-f", "-n", step.destination.name).values([name]))
      ],
      watch: [on(CommandLine("gnt-job", "list", "--running"))],
      doneWhen: "the job is a success, and its primary node is \(step.destination)",
      verify: [shown(step, name)],
      rollback: RunbookInstruction(
        "Move it back.",
        step.source.isPlainHostName
          ? [on(CommandLine("gnt-instance", "move", "--submit", "-f", "-n", step.source.name).values([name]))]
          : []))
  }

  private func shown(_ step: PlannedMigration, _ name: String) -> RunbookCommand {
    RunbookCommand(
      CommandLine("gnt-instance", "list", "--no-headers", "-o", "name,pnode,status").values([name]),
      subject: step.vm.name)
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty", why: ["Secondaries may stay: they hold a mirror, and nobody runs there."],
      commands: instances(on: host),
      doneWhen: "no instance has it as its primary, or only those listed as staying",
      otherwise: "see \"When something is stuck\"; do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Open \(host) again",
      commands: [RunbookCommand(CommandLine("gnt-node", "modify", "--drained=no").values([host.name]))],
      doneWhen: "gnt-node list -o name,role shows it as online, and gnt-cluster verify is clean")
  }

  func recovery() -> [RunbookStep] {
    [
      RunbookStep(
        "Stop. Start, fail over and activate no disks yet",
        warnings: [
          "The dangerous shortcut: gnt-instance failover --ignore-consistency. If it still runs on the old node,"
            + " both write its disks."
        ],
        doneWhen: "nobody else works on this instance"),
      RunbookStep(
        "What the cluster and both nodes say",
        commands: [
          RunbookCommand(CommandLine("gnt-instance", "info", "INSTANCE"), placeholders: ["INSTANCE"]),
          RunbookCommand(CommandLine("gnt-job", "list")),
          RunbookCommand(CommandLine("gnt-cluster", "verify")),
        ],
        doneWhen: "it is known on which nodes it runs, and the state of its disks"),
      RunbookStep(
        "Let Ganeti clean up",
        why: [
          "--cleanup asks both nodes where it runs, and corrects the configuration and the disks accordingly."
        ],
        commands: [
          RunbookCommand(
            CommandLine("gnt-instance", "migrate", "--cleanup", "INSTANCE"), placeholders: ["INSTANCE"])
        ],
        doneWhen: "gnt-cluster verify names it no more",
        otherwise: "running on both: shut off at once the one that Ganeti does not own, keep its disks"),
    ]
  }
}
