import EvacuationModel
import Quantities

/// KubeVirt, Harvester and OpenShift Virtualization, by `kubectl` and `virtctl`. A guest's id is NAMESPACE/NAME.
///
/// Nodes are cordoned and never drained while guests are on them: a drain evicts, the eviction chooses the
/// destinations itself, and it cannot be taken back (kubevirt issue 9585).
struct KubeVirtCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    [
      RunbookStep(
        "Nodes are ready", commands: [RunbookCommand(CommandLine("kubectl", "get", "nodes", "-o", "wide"))],
        doneWhen: "every node to empty and every destination is Ready; no destination is cordoned",
        otherwise: "stop, and plan again without the node that is not"),
      RunbookStep(
        "Nothing migrates, and nothing stands in the way",
        why: ["A PodDisruptionBudget or another migration takes a slot of the plan."],
        commands: [
          RunbookCommand(CommandLine("kubectl", "get", "vmim", "-A")),
          RunbookCommand(CommandLine("kubectl", "get", "pdb", "-A")),
        ],
        doneWhen: "no migration is Pending, Scheduling or Running", otherwise: "wait for it"),
      settings(of: plan),
    ]
      + plan.hostsToEmpty.map { host in
        RunbookStep(
          "The guests of \(host) are those of the plan", commands: [RunbookCommand(Self.guests(on: host))],
          doneWhen: "the list shows the guests of this plan and no others",
          otherwise: "take a new inventory and plan again")
      }
  }

  private func settings(of plan: EvacuationPlan) -> RunbookStep {
    var wanted = ["parallelOutboundMigrationsPerNode and parallelMigrationsPerCluster permit a whole batch"]
    if plan.steps.contains(where: \.usesPostCopy) { wanted.append("allowPostCopy is true") }
    if plan.steps.contains(where: \.usesAutoConverge) { wanted.append("allowAutoConverge is true") }
    if let cap = plan.steps.compactMap(\.guest.bandwidthLimit).min() {
      wanted.append("bandwidthPerMigration keeps to \(cap)")
    }
    return RunbookStep(
      "The cluster's migration settings are those of the plan", why: wanted,
      commands: [
        RunbookCommand(
          CommandLine(
            "kubectl", "get", "kubevirt", "-A", "-o", "jsonpath={.items[*].spec.configuration.migrations}")),
        RunbookCommand(CommandLine("kubectl", "get", "migrationpolicies", "-o", "wide")),
      ],
      doneWhen: "they say so, and no migration policy says otherwise for a guest of the plan",
      otherwise: "change it, or plan again with what it says")
  }

  /// NAMESPACE/NAME of each guest of a node, a line each.
  static func guests(on host: Host.ID) -> CommandLine {
    CommandLine("kubectl", "get", "vmi", "-A")
      .option("-l", "kubevirt.io/nodeName=\(host.name)")
      .words("-o", "jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{\"\\n\"}{end}")
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Cordon \(host)", why: ["Nothing moves yet; nothing new is scheduled there."],
      warnings: ["No kubectl drain before it is empty: it would send the guests where it likes."],
      commands: [
        RunbookCommand(CommandLine("kubectl", "cordon").values([host.name])),
        RunbookCommand(
          CommandLine("kubectl", "annotate", "--overwrite", "node").values([
            host.name, "evac.maintenance=emptied by plan of \(plan.inventory.label)",
          ])),
      ],
      doneWhen: "kubectl get nodes shows \(host) as SchedulingDisabled")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: arrivals.map {
          RunbookCommand(CommandLine("kubectl", "describe", "node").values([$0.host.name]))
        },
        doneWhen: "allocatable less allocated memory covers these sums",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty", commands: [RunbookCommand(Self.guests(on: host))],
      then: [
        RunbookInstruction(
          "When the list is empty, the other pods:",
          [
            RunbookCommand(
              CommandLine(
                "kubectl", "drain", "--ignore-daemonsets", "--delete-emptydir-data",
                "--pod-selector=kubevirt.io!=virt-launcher", "--timeout=600s"
              ).values([host.name]))
          ])
      ],
      doneWhen: "no guest is left there, or only those listed as staying",
      otherwise: "see \"When something is stuck\"; do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Uncordon \(host)",
      commands: [RunbookCommand(CommandLine("kubectl", "uncordon").values([host.name]))],
      doneWhen: "kubectl get nodes shows \(host) as Ready")
  }

  func recovery() -> [RunbookStep] {
    let placed = { (words: [String]) in
      RunbookCommand(argv: words, placeholders: ["NAMESPACE", "NAME"].filter { words.contains($0) })
    }
    return [
      RunbookStep(
        "Stop. Delete no pod and no guest yet",
        warnings: [
          "The dangerous shortcut: deleting a virt-launcher pod. One of the two holds the running guest, in"
            + " post-copy each of them holds a part of it."
        ],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "What the cluster says",
        commands: [
          placed(["kubectl", "get", "vmi", "-n", "NAMESPACE", "NAME", "-o", "yaml"]),
          placed(["kubectl", "get", "vmim", "-n", "NAMESPACE"]),
          placed(["kubectl", "get", "pods", "-n", "NAMESPACE", "-o", "wide"]),
        ],
        doneWhen: "status.nodeName, status.migrationState and the phase of the migration are written down"),
      RunbookStep(
        "Act by the phase",
        why: [
          "Pending or Scheduling for ever: no node fits, or the cluster's limit is used up; virtctl"
            + " migrate-cancel, then look at the events of its target pod.",
          "Running for ever: virtctl migrate-cancel; the guest goes on where it was.",
          "Failed: the guest runs at its old node. Read failureReason, then try again or plan again.",
          "An eviction (status.evacuationNodeName) starts migrations again and again: uncordon the node first,"
            + " then delete the migration.",
        ],
        commands: [
          placed(["virtctl", "migrate-cancel", "NAME", "-n", "NAMESPACE"])
        ],
        doneWhen: "status.nodeName is right and one virt-launcher pod of it is running"),
    ]
  }
}
