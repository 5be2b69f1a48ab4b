import EvacuationModel

extension NovaCommands {
  func recovery() -> [RunbookStep] {
    [
      RunbookStep(
        "Stop. Reset, reboot, kill and delete nothing yet",
        why: ["The only good copy of the guest may be the one that looks broken."],
        warnings: [
          "The dangerous shortcut: resetting the state and rebooting hard. If the guest runs on the"
            + " destination, the reboot starts a second one on the source, and both write its disks."
        ],
        doneWhen: "nobody else works on this guest"),
      RunbookStep(
        "What the API says",
        commands: [
          placed(openstack("2.24", "server", "show").values(["SERVER_ID"])),
          placed(migrationList().option("--server", "SERVER_ID")),
          placed(openstack("2.24", "server", "event", "list").values(["SERVER_ID"])),
        ],
        then: [progress],
        doneWhen: "host, status, task state and the migration's status are written down"),
      bothHypervisors(), cases(),
      RunbookStep(
        "Only now correct the database",
        why: [
          "This changes what the API says and repairs nothing by itself. A newer client asks; answer it."
        ],
        commands: [
          placed(CommandLine("openstack", "server", "set", "--state", "active").values(["SERVER_ID"]))
        ],
        doneWhen: "API and hypervisor agree on the host and the state"),
      RunbookStep(
        "Give back what it holds in placement",
        why: ["An allocation left on both hosts blocks room that is free."],
        commands: [
          placed(
            CommandLine("openstack", "resource", "provider", "allocation", "show").values(["SERVER_ID"]))
        ],
        doneWhen: "only its own host is listed",
        otherwise: "run nova-manage placement heal_allocations on a controller"),
    ]
  }

  /// openstackclient has no call that shows how far a migration is (10.5: `server migration show` swaps its arguments), the
  /// API has since microversion 2.23. The token goes through standard input, where no process list shows it.
  private var progress: RunbookInstruction {
    let url = "COMPUTE_URL/servers/SERVER_ID/migrations"
    return RunbookInstruction(
      "How much memory is left, which only the API shows (COMPUTE_URL is in the catalog; curl waits for one line, "
        + "X-Auth-Token: and the token, and Ctrl-D):",
      [
        RunbookCommand(CommandLine("openstack", "catalog", "show", "nova")),
        RunbookCommand(CommandLine("openstack", "token", "issue", "-f", "value", "-c", "id")),
        RunbookCommand(
          CommandLine("curl", "-sS", "-H", "@-", "-H", "X-OpenStack-Nova-API-Version: 2.59", url),
          placeholders: [url]),
      ])
  }

  private func bothHypervisors() -> RunbookStep {
    let commands = [
      CommandLine("virsh", "domstate", "--reason").values(["SERVER_ID"]),
      CommandLine("virsh", "domjobinfo").values(["SERVER_ID"]),
    ]
    return RunbookStep(
      "What runs, on both hosts", why: ["The hypervisors are the truth. The libvirt UUID is SERVER_ID."],
      commands: ["SOURCE", "DESTINATION"].flatMap { host in
        commands.map { RunbookCommand(on: .init(host), $0, placeholders: [host, "SERVER_ID"]) }
      },
      doneWhen: "the state with its reason is known on both; ps there shows the same qemu processes")
  }

  private func cases() -> RunbookStep {
    RunbookStep(
      "Act by where it runs",
      why: [
        "On the source only: virsh domjobabort if a job is left; remove a leftover on the destination"
          + " only if it says paused (migrating or starting up) and post-copy was not used.",
        "On the destination only: it has moved and the database is wrong. No reset, no reboot: correct the"
          + " host as your cloud does, check volume attachments and openstack port show -c binding_host_id.",
        "On both: power off at once the copy that the API does not own, keep its disks, check the file system.",
        "Paused on both, no post-copy: virsh resume on the source, then as in the first case.",
        "Paused on both after post-copy: destroy neither, each holds part of the memory; mend the network.",
      ],
      doneWhen: "it runs on exactly one host")
  }

  private func placed(_ line: CommandLine) -> RunbookCommand {
    RunbookCommand(line, placeholders: ["SERVER_ID"])
  }
}
