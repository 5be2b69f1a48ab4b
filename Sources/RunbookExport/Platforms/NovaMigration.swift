import EvacuationModel
import Quantities

extension NovaCommands {
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions {
    let address = MachineAddress.uuid(of: step)
    guard let server = address.word else { return lookUp(step, address) }
    var result =
      step.mode == .cold ? cold(step, server, alone: alone) : live(step, server, alone: alone)
    if case .name = address {
      result.warnings.insert(
        "The plan has no UUID for it. Names may be ambiguous: look the UUID up and use that.", at: 0)
    }
    return result
  }

  private func lookUp(_ step: PlannedMigration, _ address: MachineAddress) -> MigrationInstructions {
    MigrationInstructions(
      warnings: ["No command is given: the plan has no UUID for it, and \(address.reason)."],
      commands: [
        RunbookCommand(
          openstack("2.24", "server", "list", "--all-projects").option("--host", step.source.name))
      ],
      doneWhen: "its UUID is found, and it is moved as the other steps are, to \(step.destination)")
  }

  private func live(_ step: PlannedMigration, _ server: String, alone: Bool) -> MigrationInstructions {
    let subject = step.vm.name
    return MigrationInstructions(
      warnings: warnings(step),
      commands: [
        RunbookCommand(liveMigration(of: server, to: step.destination, wait: alone), subject: subject)
      ],
      watch: [
        RunbookCommand(
          migrationList().option("--server", server).option("--type", "live-migration"), subject: subject),
        RunbookCommand(
          on: step.source, CommandLine("virsh", "domjobinfo").values([server]), subject: subject),
      ],
      doneWhen: "it is \(step.guest.state == .paused ? "PAUSED" : "ACTIVE") on \(step.destination)",
      verify: [shown(server, subject)],
      levers: levers(step, server),
      abort: RunbookInstruction(
        "The guest goes on at \(step.source). The watch command shows MIGRATION_ID."
          + (step.usesPostCopy ? " Not after the switch to post-copy." : ""),
        [
          RunbookCommand(
            openstack("2.24", "server", "migration", "abort").values([server, "MIGRATION_ID"]),
            placeholders: ["MIGRATION_ID"], subject: subject)
        ]),
      rollback: RunbookInstruction(
        "Move it back. Open \(step.source) first, or the scheduler refuses it.",
        [RunbookCommand(liveMigration(of: server, to: step.source, wait: true), subject: subject)]))
  }

  private func warnings(_ step: PlannedMigration) -> [String] {
    var warnings: [String] = []
    if step.usesAutoConverge {
      warnings.append(
        "It needs auto-converge: [libvirt] live_migration_permit_auto_converge = True on \(step.source).")
    }
    if step.usesPostCopy {
      warnings.append(
        "It needs post-copy: [libvirt] live_migration_permit_post_copy = True on both hosts; see the levers.")
    }
    return warnings
  }

  private func levers(_ step: PlannedMigration, _ server: String) -> [RunbookInstruction] {
    let force = RunbookCommand(
      openstack("2.24", "server", "migration", "force", "complete").values([server, "MIGRATION_ID"]),
      placeholders: ["MIGRATION_ID"], subject: step.vm.name)
    if step.usesPostCopy {
      return [RunbookInstruction(PostCopyAdvice.switchText(step), [force])]
    }
    let remedies = step.forecast.remedies
    return [
      RunbookInstruction(
        "Force it to complete. Without post-copy permitted this pauses the guest until the rest is sent"
          + (remedies?.pauseNeeded.map { ", about \($0.text)" } ?? "")
          + "; with it, Nova switches to post-copy, and there is no way back.", [force]),
      RunbookInstruction(
        "Stop it as below, then try again when it writes less, or move it cold if its owner agrees."),
    ]
  }

  private func cold(_ step: PlannedMigration, _ server: String, alone: Bool) -> MigrationInstructions {
    let subject = step.vm.name
    var migrate = openstack("2.56", "server", "migrate").option("--host", step.destination.name)
    if alone { migrate = migrate.words("--wait") }
    let status = shown(server, subject)
    return MigrationInstructions(
      warnings: step.guest.state == .stopped
        ? [] : ["Its owner has agreed: it is off for about \(step.forecast.downtime.text)."],
      commands: [
        RunbookCommand(migrate.values([server]), subject: subject)
      ],
      then: [
        RunbookInstruction("Until it shows VERIFY_RESIZE on \(step.destination):", [status]),
        RunbookInstruction(
          "Only then, and when its owner is content:",
          [
            RunbookCommand(
              CommandLine("openstack", "server", "migration", "confirm").values([server]), subject: subject)
          ]),
      ],
      doneWhen: "it is \(step.guest.state == .stopped ? "SHUTOFF" : "ACTIVE") on \(step.destination)",
      verify: [status],
      abort: RunbookInstruction(
        "It cannot be stopped half-way. At VERIFY_RESIZE, instead of the confirmation:",
        [
          RunbookCommand(
            CommandLine("openstack", "server", "migration", "revert").values([server]), subject: subject)
        ]),
      rollback: RunbookInstruction(
        "After the confirmation: the same command with --host \(step.source), once that is open again."))
  }

  private func liveMigration(of server: String, to host: Host.ID, wait: Bool) -> CommandLine {
    let migrate = openstack("2.30", "server", "migrate", "--live-migration").option("--host", host.name)
    return (wait ? migrate.words("--wait") : migrate).values([server])
  }

  private func shown(_ server: String, _ subject: String) -> RunbookCommand {
    RunbookCommand(
      openstack("2.24", "server", "show", "-c", "status", "-c", "OS-EXT-SRV-ATTR:host", "-f", "value")
        .values([server]), subject: subject)
  }
}
