import EvacuationModel
import Quantities

/// Bare libvirt, by `virsh` on the host that has the guest. There is no API above it: the hosts are the
/// only truth, and nothing keeps others from starting guests on a host that is being emptied.
struct LibvirtCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    let destinations = plan.steps.map(\.destination).uniqued()
    return [
      RunbookStep(
        "libvirt answers on every host", why: ["Same or newer version at the destination."],
        commands: (plan.hostsToEmpty + destinations).uniqued().map { virsh(on: $0, "version") },
        doneWhen: "every host shows libvirt and QEMU, the destinations' not older",
        otherwise: "stop, and plan again without the host that does not"),
      RunbookStep(
        "CPU models fit",
        why: ["A guest that asks for a CPU that the destination lacks is refused at the start."],
        commands: destinations.map { virsh(on: $0, "domcapabilities") },
        doneWhen: "each guest's CPU model and machine type are usable there"),
    ]
      + plan.hostsToEmpty.map { host in
        RunbookStep(
          "The guests of \(host) are those of the plan",
          commands: [
            RunbookCommand(on: host, CommandLine("virsh", "list", "--all", "--uuid", "--name"))
          ],
          doneWhen: "the list shows the guests of this plan and no others",
          otherwise: "take a new inventory and plan again")
      }
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Close \(host) by hand",
      why: ["libvirt cannot refuse arrivals: whatever starts guests there must be told."],
      doneWhen: "\(host) is marked as in maintenance wherever guests are started from")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: arrivals.map { virsh(on: $0.host, "nodememstats") },
        doneWhen: "free memory, with buffers and cached, covers these sums",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty", why: ["Autostart is not carried over: set it again at the destinations."],
      commands: [
        RunbookCommand(on: host, CommandLine("virsh", "list", "--all", "--name"))
      ],
      doneWhen: "the list is empty, or shows only guests listed as staying",
      otherwise: "a guest that is shut off here and runs elsewhere is a leftover: virsh undefine it here")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Open \(host) again", commands: [virsh(on: host, "version")],
      doneWhen: "libvirt answers, and the mark is taken away wherever guests are started from")
  }

  func recovery() -> [RunbookStep] {
    let state = ["SOURCE", "DESTINATION"].map { host in
      RunbookCommand(
        on: .init(host), CommandLine("virsh", "domstate", "--reason").values(["DOMAIN"]),
        placeholders: [host, "DOMAIN"])
    }
    return [
      RunbookStep(
        "Stop. Destroy, undefine and restart nothing yet",
        warnings: [
          "The dangerous shortcut: virsh destroy on the side that looks dead. After post-copy has begun each"
            + " side holds a part of the memory, and destroying either loses the guest."
        ],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "What runs, on both hosts", commands: state,
        doneWhen: "the state with its reason is known on both"),
      RunbookStep(
        "Act by the reason",
        why: [
          "Running on the source, paused (migrating or starting up) on the destination: virsh domjobabort"
            + " on the source; then remove the leftover on the destination.",
          "Paused on both, no post-copy: virsh resume on the source, then as above.",
          "Post-copy failed on either: mend the network, then repeat the migrate command of the step with"
            + " --postcopy --postcopy-resume added. A short break needs nothing: TCP goes on by itself.",
          "Running on both: shut off at once the younger copy, keep its disks, check the file system.",
        ],
        doneWhen: "it runs on exactly one host, and the other no longer lists it"),
    ]
  }

  func virsh(on host: Host.ID, _ words: String) -> RunbookCommand {
    RunbookCommand(on: host, CommandLine("virsh", words))
  }
}
