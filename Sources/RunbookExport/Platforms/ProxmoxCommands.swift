import EvacuationModel
import Quantities

/// Proxmox VE, by `qm`, `pvesh` and `ha-manager` on the node that has the guest.
///
/// `ha-manager crm-command node-maintenance enable` makes HA move its guests at once, wherever it likes.
/// The plan chooses the destinations, so the node goes into maintenance only when it is empty.
struct ProxmoxCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    let hosts = plan.hostsToEmpty
    return [
      RunbookStep(
        "The cluster has a quorum", why: ["Without it no configuration can be moved."],
        commands: hosts.prefix(1).map { RunbookCommand(on: $0, CommandLine("pvecm", "status")) },
        doneWhen: "it says Quorate: Yes, and every destination is a member",
        otherwise: "stop; repair the cluster first")
    ]
      + hosts.map { host in
        RunbookStep(
          "The guests of \(host) are those of the plan",
          why: [
            "A guest under HA is moved through HA: qm migrate returns at once, wait for its task.",
            "Containers are not listed: move them with pct migrate --restart, they are down meanwhile.",
          ],
          commands: [
            RunbookCommand(on: host, CommandLine("qm", "list")),
            RunbookCommand(on: host, CommandLine("pct", "list")),
            RunbookCommand(on: host, CommandLine("ha-manager", "status")),
          ],
          doneWhen: "qm list shows the guests of this plan and no others, no lock among them",
          otherwise: "take a new inventory and plan again")
      }
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Close \(host) by hand",
      why: [
        "Proxmox VE cannot refuse arrivals without moving HA guests away in its own order.",
        "Maintenance mode follows when the node is empty.",
      ],
      doneWhen: "everybody who creates guests knows, and no backup or replication job is due on \(host)")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return preconditions(of: steps) }
    return preconditions(of: steps) + [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: arrivals.filter { $0.host.isPlainHostName }.map { arrival in
          RunbookCommand(on: arrival.host, CommandLine("pvesh", "get", "/nodes/\(arrival.host)/status"))
        },
        doneWhen: "memory.free covers these sums",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  private func preconditions(of steps: [PlannedMigration]) -> [RunbookStep] {
    let commands = steps.compactMap { step in
      MachineAddress.vmid(of: step).word.flatMap { vmid in
        step.source.isPlainHostName
          ? RunbookCommand(
            on: step.source, CommandLine("pvesh", "get", "/nodes/\(step.source)/qemu/\(vmid)/migrate"),
            subject: step.vm.name) : nil
      }
    }
    guard !commands.isEmpty else { return [] }
    return [
      RunbookStep(
        "Proxmox VE permits the moves", commands: commands,
        doneWhen: "no destination is among not_allowed_nodes, and there are no local_resources",
        otherwise: "leave that guest out, and ask its owner")
    ]
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty",
      why: ["Then maintenance mode, so that HA brings nothing back while the node restarts."],
      commands: [
        RunbookCommand(on: host, CommandLine("qm", "list")),
        RunbookCommand(on: host, CommandLine("pct", "list")),
      ],
      then: [
        RunbookInstruction(
          "When both lists are empty, or show only guests listed as staying. With Ceph on it, run ceph osd"
            + " set noout first.", [RunbookCommand(on: host, maintenance("enable", host))])
      ],
      doneWhen: "ha-manager status shows \(host) in maintenance mode",
      verify: [RunbookCommand(on: host, CommandLine("ha-manager", "status"))],
      otherwise: "see \"When something is stuck\"; do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Open \(host) again", why: ["HA guests may come back by themselves from here on."],
      commands: [RunbookCommand(on: host, maintenance("disable", host))],
      doneWhen: "ha-manager status shows \(host) as active or idle; with Ceph, noout is taken away again",
      verify: [RunbookCommand(on: host, CommandLine("ha-manager", "status"))])
  }

  func recovery() -> [RunbookStep] {
    let status = ["SOURCE", "DESTINATION"].map { host in
      RunbookCommand(
        on: .init(host), CommandLine("qm", "status").values(["VMID"]).words("--verbose"),
        placeholders: [host, "VMID"])
    }
    return [
      RunbookStep(
        "Stop. Unlock, stop and start nothing yet",
        warnings: [
          "The dangerous shortcut: qm unlock and qm start on the node that looks right. If the guest still"
            + " runs on the other one, both write its disks."
        ],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "Who owns it, and what runs", why: ["The node whose folder holds VMID.conf owns the guest."],
        commands: [
          RunbookCommand(
            CommandLine("find", "/etc/pve/nodes", "-name", "VMID.conf"), placeholders: ["VMID.conf"])
        ] + status,
        doneWhen: "the owner and qmpstatus on both nodes are known"),
      RunbookStep(
        "Act by qmpstatus",
        why: [
          "Owner is the destination, paused or prelaunch there: the hand-over failed after a full transfer;"
            + " qm resume VMID there.",
          "Owner is the source, running there: nothing has moved. qm unlock VMID there, then stop the"
            + " leftover process on the destination.",
          "Paused on both: the owner counts. qm unlock VMID, qm resume VMID on the owner, then stop the"
            + " process on the other node.",
        ],
        doneWhen: "it runs on the node that owns it, and on no other"),
    ]
  }

  private func maintenance(_ word: String, _ host: Host.ID) -> CommandLine {
    CommandLine("ha-manager", "crm-command", "node-maintenance", word).values([host.name])
  }
}
