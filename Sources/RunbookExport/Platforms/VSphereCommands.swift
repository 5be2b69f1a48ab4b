import EvacuationModel
import Quantities

/// VMware vSphere, by `govc` and, beside it, PowerCLI. Guests are named by managed object reference (`vm-1001`): names
/// may be ambiguous, and both tools read `*` and `[` in them as patterns.
///
/// Maintenance mode of a host with guests lets DRS choose the destinations. The plan chooses them, so the host enters it
/// only when it is empty, and DRS must not move guests back meanwhile.
struct VSphereCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    [
      RunbookStep(
        "vCenter answers, and DRS leaves the guests alone",
        why: [
          "A fully automated DRS moves guests while the plan does. Set it to partially automated for the window.",
          "govc takes its server from GOVC_URL; PowerCLI lines are for a session after Connect-VIServer.",
        ],
        commands: [
          RunbookCommand(CommandLine("govc", "about")), RunbookCommand(CommandLine("govc", "tasks")),
        ],
        doneWhen: "no migration is running", otherwise: "wait for it"),
      RunbookStep(
        "No destination is in maintenance or disconnected",
        commands: plan.steps.map(\.destination).uniqued().filter(\.isPlainHostName).map {
          RunbookCommand(CommandLine("govc", "host.info", "-host", $0.name))
        },
        doneWhen: "every destination answers and is powered on",
        otherwise: "plan again without the host that is not"),
    ]
      + plan.hostsToEmpty.map { host in
        RunbookStep(
          "The guests of \(host) are those of the plan",
          why: ["Connected CD drives and ISO files of a host's own datastore keep a guest there."],
          commands: guests(on: host), doneWhen: "the list shows the guests of this plan and no others",
          otherwise: "take a new inventory and plan again")
      }
  }

  /// The host's reference first, then the guests that have it.
  func guests(on host: Host.ID) -> [RunbookCommand] {
    guard host.isPlainHostName else { return [] }
    return [
      RunbookCommand(CommandLine("govc", "find", "-i", "/", "-type", "h", "-name", host.name)),
      RunbookCommand(
        CommandLine("govc", "find", "-i", "/", "-type", "m", "-runtime.host", "HOST_REFERENCE"),
        placeholders: ["HOST_REFERENCE"]),
    ]
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Close \(host) by hand",
      why: [
        "Maintenance mode would empty it in its own order; it follows when the host is empty.",
        "Until then DRS is not fully automated, and nobody deploys there.",
      ],
      doneWhen: "DRS recommends only, and everybody who creates guests knows why")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: arrivals.filter { $0.host.isPlainHostName }.map {
          RunbookCommand(CommandLine("govc", "host.info", "-host", $0.host.name))
        },
        doneWhen: "memory less memory usage covers these sums",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty", why: ["Then maintenance mode, so that HA and DRS bring nothing back."],
      commands: guests(on: host),
      then: host.isPlainHostName
        ? [
          RunbookInstruction(
            "When the list is empty, or shows only guests listed as staying:",
            [RunbookCommand(CommandLine("govc", "host.maintenance.enter", "-timeout", "3600", host.name))]),
          RunbookInstruction(
            "Or with PowerCLI, not both:",
            [
              powerCLI(
                "Set-VMHost -VMHost \(PowerShellText.quoted(host.name)) -State Maintenance -Confirm:$false")
            ]),
        ] : [],
      doneWhen: "\(host) is in maintenance mode",
      otherwise: "see \"When something is stuck\"; do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Open \(host) again", why: ["Give DRS back the setting that it had."],
      commands: host.isPlainHostName
        ? [RunbookCommand(CommandLine("govc", "host.maintenance.exit", host.name))] : [],
      doneWhen: "\(host) is connected and takes guests")
  }

  func recovery() -> [RunbookStep] {
    [
      RunbookStep(
        "Stop. Power off, unregister and reset nothing yet",
        warnings: [
          "The dangerous shortcut: unregistering a guest that looks orphaned and registering it on another host. If"
            + " it still runs on the first, both open its disks."
        ],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "What vCenter and both hosts say",
        commands: [
          RunbookCommand(CommandLine("govc", "tasks", "-n", "50")),
          RunbookCommand(
            CommandLine("govc", "vm.info", "VirtualMachine:MOREF"), placeholders: ["VirtualMachine:MOREF"]),
          RunbookCommand(
            on: .init("SOURCE"), CommandLine("esxcli", "vm", "process", "list"), placeholders: ["SOURCE"]),
          RunbookCommand(
            on: .init("DESTINATION"), CommandLine("esxcli", "vm", "process", "list"),
            placeholders: ["DESTINATION"]),
        ],
        doneWhen: "the task's state is known, and which host runs the process"),
      RunbookStep(
        "Act by where it runs",
        why: [
          "Task running, no progress: cancel it; the guest goes on at the source.",
          "Running at the source, shown elsewhere: reconnect the source to vCenter before anything else.",
          "Shown as orphaned or inaccessible: the file locks say which host has it open (vmkfstools -D).",
          "Running on both cannot be with VMFS locks; on NFS, power off the copy that vCenter does not own.",
        ],
        commands: [RunbookCommand(CommandLine("govc", "task.cancel", "TASK_ID"), placeholders: ["TASK_ID"])],
        doneWhen: "it runs on exactly one host, and vCenter agrees"),
    ]
  }

  /// A line for a PowerCLI session.
  func powerCLI(_ line: String, subject: String? = nil) -> RunbookCommand {
    RunbookCommand(CommandLine("pwsh", "-NoExit", "-Command", line), subject: subject)
  }
}
