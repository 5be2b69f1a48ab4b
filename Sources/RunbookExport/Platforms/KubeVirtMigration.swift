import EvacuationModel
import Quantities

extension KubeVirtCommands {
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    guard let id = step.guest.platformID, MachineAddress.isNamespacedName(id) else {
      return lookUp(step, "the plan has no namespace and name for it")
    }
    let parts = id.split(separator: "/").map(String.init)
    guard let namespace = parts.first, let name = parts.last, step.destination.isPlainHostName else {
      return lookUp(step, "the destination's name is none that Kubernetes accepts")
    }
    return step.mode == .cold ? cold(step, namespace, name) : live(step, namespace, name)
  }

  private func lookUp(_ step: PlannedMigration, _ reason: String) -> MigrationInstructions {
    MigrationInstructions(
      warnings: ["No command is given: \(reason)."], commands: [RunbookCommand(Self.guests(on: step.source))],
      doneWhen: "it is moved by its namespace and name, as the other steps are, to \(step.destination)")
  }

  private func live(_ step: PlannedMigration, _ namespace: String, _ name: String) -> MigrationInstructions {
    let command = { (words: [String]) in RunbookCommand(argv: words, subject: step.vm.name) }
    let migrate = { (host: Host.ID) in
      command([
        "virtctl", "migrate", name, "-n", namespace, "--addedNodeSelector", "kubernetes.io/hostname=\(host)",
      ])
    }
    return MigrationInstructions(
      warnings: step.usesPostCopy
        ? ["It relies on post-copy: the cluster switches by itself after completionTimeoutPerGiB."] : [],
      commands: [migrate(step.destination)],
      watch: [
        command([
          "kubectl", "get", "vmim", "-n", namespace, "-l", "kubevirt.io/vmi-name=\(name)", "-o", "wide",
        ])
      ],
      doneWhen: "the migration is Succeeded, and the guest's node is \(step.destination)",
      verify: [command(["kubectl", "get", "vmi", name, "-n", namespace, "-o", "wide"])],
      levers: [
        RunbookInstruction(
          "Wait for the cluster's own limit (completionTimeoutPerGiB): it aborts, pauses or switches to post-copy"
            + " as its settings say."),
        RunbookInstruction(
          "A MigrationPolicy with allowAutoConverge or a larger bandwidth counts for the next try, not for this one."
        ),
      ],
      abort: RunbookInstruction(
        "The guest goes on at \(step.source).",
        [command(["virtctl", "migrate-cancel", name, "-n", namespace])]),
      rollback: RunbookInstruction("Move it back. Uncordon \(step.source) first.", [migrate(step.source)]))
  }

  private func cold(_ step: PlannedMigration, _ namespace: String, _ name: String) -> MigrationInstructions {
    let command = { (words: [String]) in RunbookCommand(argv: words, subject: step.vm.name) }
    guard step.guest.state != .stopped else {
      return MigrationInstructions(
        warnings: ["It is off: there is nothing to move. It starts on another node by itself."],
        doneWhen: "its owner knows")
    }
    return MigrationInstructions(
      warnings: [
        "Its owner has agreed: it is off for about \(step.forecast.downtime.text).",
        "Kubernetes chooses the node of a guest that starts; \(step.source) is cordoned, so not that one.",
      ],
      commands: [command(["virtctl", "stop", name, "-n", namespace])],
      then: [
        RunbookInstruction(
          "Only when it is gone from the list:", [command(["virtctl", "start", name, "-n", namespace])])
      ],
      watch: [command(["kubectl", "get", "vmi", "-n", namespace])],
      doneWhen: "it is Running on another node",
      verify: [command(["kubectl", "get", "vmi", name, "-n", namespace, "-o", "wide"])],
      abort: RunbookInstruction("Start it: it may come up on any node that is not cordoned."),
      rollback: RunbookInstruction("Uncordon \(step.source), stop it and start it again."))
  }
}
