import EvacuationModel
import Quantities

/// OpenStack Nova, by openstackclient. Never its verb `evacuate`: that is for hosts that are dead.
///
/// Micro-versions: 2.30 has the scheduler check a named destination, and from 2.25 on Nova itself decides
/// whether disks are copied; 2.56 names the destination of a cold migration; 2.24 aborts a live migration,
/// and below 2.23 listings lack the migration's id. The client's own default may be as low as 2.1.
/// From 2.88 on the hypervisor list no longer shows memory.
struct NovaCommands: PlatformCommands {
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep] {
    [services(of: plan), settings(of: plan)]
      + plan.hostsToEmpty.flatMap { [nothingInFlight($0), sameGuests($0)] }
  }

  private func services(of plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Compute services are up", why: ["A destination that is down or disabled refuses its guests."],
      commands: [
        RunbookCommand(
          openstack("2.24", "compute", "service", "list").option("--service", "nova-compute").words("--long"))
      ],
      doneWhen: "every destination and every host to empty is up; every destination is enabled",
      otherwise: "stop, and plan again without the host that is not")
  }

  private func settings(of plan: EvacuationPlan) -> RunbookStep {
    var wanted: [String] = []
    if case .atMost(let cap) = plan.concurrency.liveOutboundPerHost {
      wanted.append("[DEFAULT] max_concurrent_live_migrations is at least \(cap); else the rest is queued")
    } else {
      wanted.append("[DEFAULT] max_concurrent_live_migrations leaves room for a whole batch")
    }
    if plan.steps.contains(where: \.usesAutoConverge) {
      wanted.append("[libvirt] live_migration_permit_auto_converge is True, and post-copy is not permitted")
    }
    if plan.steps.contains(where: \.usesPostCopy) {
      wanted.append("[libvirt] live_migration_permit_post_copy is True, here and on the destinations")
    }
    if let limit = plan.steps.compactMap(\.guest.downtimeLimit).max() {
      wanted.append("[libvirt] live_migration_downtime leads to at most \(limit.text)")
    }
    if let cap = plan.steps.compactMap(\.guest.bandwidthLimit).min() {
      wanted.append("[libvirt] live_migration_bandwidth keeps to \(cap); Nova has no cap per migration")
    }
    return RunbookStep(
      "nova.conf permits what the plan relies on", why: wanted,
      doneWhen: "nova.conf of \(plan.hostsToEmpty.list) says so, and nova-compute was restarted since",
      otherwise: "change it, or plan again with what it says")
  }

  private func nothingInFlight(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "No migration is under way on \(host)", why: ["It would take a slot and bandwidth of the plan."],
      commands: ["running", "queued", "preparing"].map { status in
        RunbookCommand(migrationList().option("--host", host.name).option("--status", status))
      },
      doneWhen: "all three lists are empty", otherwise: "wait for it")
  }

  private func sameGuests(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "API and hypervisor agree on \(host)",
      why: ["A guest that only one of them knows is left behind or started twice."],
      commands: [
        RunbookCommand(serverList(on: host)),
        RunbookCommand(on: host, CommandLine("virsh", "list", "--all", "--uuid", "--name")),
      ],
      doneWhen: "both show the guests of this plan and no others; no server has a task state",
      otherwise: "take a new inventory and plan again; leftovers: see the last section")
  }

  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep {
    RunbookStep(
      "Close \(host) to new servers",
      why: ["The scheduler would fill it again while it is emptied. Nothing moves yet."],
      commands: [
        RunbookCommand(
          openstack("2.24", "compute", "service", "set", "--disable")
            .option("--disable-reason", "maintenance; emptied by plan of \(plan.inventory.label)")
            .values([host.name, "nova-compute"]))
      ],
      doneWhen: "compute service list shows \(host) as disabled")
  }

  func checks(before steps: [PlannedMigration]) -> [RunbookStep] {
    let arrivals = PlannedMigration.arrivals(of: steps)
    guard !arrivals.isEmpty else { return [] }
    return [
      RunbookStep(
        "Destinations still have room", why: arrivals.map { "\($0.host) takes \($0.memory) in this batch" },
        commands: [RunbookCommand(openstack("2.87", "hypervisor", "list", "--long"))],
        doneWhen: "free memory covers these sums on every host",
        otherwise: "somebody else has used it: stop and plan again")
    ]
  }

  func empty(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "\(host) is empty",
      why: ["The API may forget a guest that the hypervisor still runs; ask both."],
      commands: [
        RunbookCommand(serverList(on: host)),
        RunbookCommand(on: host, CommandLine("virsh", "list", "--all", "--name")),
      ],
      doneWhen: "both show nothing, or only guests listed as staying",
      otherwise: "see \"When something is stuck\"; do not begin the maintenance")
  }

  func open(_ host: Host.ID) -> RunbookStep {
    RunbookStep(
      "Open \(host) again",
      commands: [
        RunbookCommand(
          openstack("2.24", "compute", "service", "set", "--enable").values([host.name, "nova-compute"]))
      ],
      doneWhen: "compute service list shows \(host) as enabled and up")
  }

  func openstack(_ version: String, _ words: String...) -> CommandLine {
    words.reduce(CommandLine("openstack", "--os-compute-api-version", version)) { $0.words($1) }
  }

  func migrationList() -> CommandLine { openstack("2.24", "server", "migration", "list") }

  private func serverList(on host: Host.ID) -> CommandLine {
    openstack("2.24", "server", "list", "--all-projects").option("--host", host.name).words("--long")
  }
}

extension [Host.ID] {
  /// The names, separated by commas.
  var list: String { map(\.name).joined(separator: ", ") }
}

extension InputDigest {
  /// The name with the first digits of the digest: enough to find the input again.
  var label: String { "\(name) (\(sha256.prefix(12)))" }
}
