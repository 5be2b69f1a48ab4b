import EvacuationModel
import Quantities

/// A part of a migration: something that is done, and what can be seen when it is over.
struct AnsiblePhase {
  /// What is done.
  let action: RunbookCommand
  /// How to look.
  let look: RunbookCommand
  /// Lines that it shows then, all of them.
  let expect: [String]
}

extension AnsiblePhase {
  /// The phases of `step` on `platform`, or `nil` where a person has to carry it out. They are the commands of the
  /// runbook, without those whose arguments somebody has to look up.
  static func phases(of step: PlannedMigration, on platform: Platform, _ runtime: ShellRuntime) -> [Self]? {
    guard let machine = step.guest.platformID.map({ $0.lowercased() }), runtime.isMachine(machine),
      runtime.obstacle(step) == nil
    else { return nil }
    let own = platform.commands.instructions(for: step, alone: false)
    let commands = own.commands + own.then.flatMap(\.commands)
    switch platform {
    case .nova: return nova(step, machine, commands)
    case .libvirt: return libvirt(step, machine, commands)
    case .proxmox: return proxmox(step, machine, commands)
    case .kubevirt: return kubevirt(step, machine, own.commands)
    case .vsphere, .ganeti, .generic: return nil
    }
  }

  private static func nova(_ step: PlannedMigration, _ id: String, _ commands: [RunbookCommand]) -> [Self] {
    let look = RunbookCommand(
      NovaCommands().openstack(
        "2.24", "server", "show", "-c", "status", "-c", "OS-EXT-SRV-ATTR:host", "-f", "value"
      ).values([id]))
    let status =
      switch step.guest.state {
      case .running: "ACTIVE"
      case .paused: "PAUSED"
      case .stopped: "SHUTOFF"
      }
    let actions = commands.filter { $0.argv.contains("migrate") || $0.argv.contains("confirm") }
    return actions.enumerated().map { index, action in
      let isLast = index == actions.count - 1
      return Self(
        action: action, look: look, expect: [step.destination.name, isLast ? status : "VERIFY_RESIZE"])
    }
  }

  private static func libvirt(_ step: PlannedMigration, _ id: String, _ commands: [RunbookCommand]) -> [Self]
  {
    phases(commands) { host in
      RunbookCommand(on: host, CommandLine("virsh", "domstate").values([id]))
    } expect: { command in
      switch command.argv.dropFirst().first {
      case "shutdown": (step.source, "shut off")
      case "migrate" where step.mode == .cold: (step.destination, "shut off")
      case "start": (step.destination, "running")
      case "migrate": (step.destination, step.guest.state == .paused ? "paused" : "running")
      case "migrate-setmaxdowntime": (step.source, step.guest.state == .paused ? "paused" : "running")
      default: nil
      }
    }
  }

  private static func proxmox(_ step: PlannedMigration, _ id: String, _ commands: [RunbookCommand]) -> [Self]
  {
    phases(commands) { host in
      RunbookCommand(on: host, CommandLine("qm", "status").values([id]))
    } expect: { command in
      switch command.argv.dropFirst().first {
      case "shutdown": (step.source, "status: stopped")
      case "migrate": (step.destination, step.mode == .cold ? "status: stopped" : "status: running")
      case "start": (step.destination, "status: running")
      case "set": (step.source, "status: running")
      default: nil
      }
    }
  }

  private static func kubevirt(_ step: PlannedMigration, _ id: String, _ commands: [RunbookCommand]) -> [Self]
  {
    let parts = id.split(separator: "/").map(String.init)
    guard parts.count == 2 else { return [] }
    let look = RunbookCommand(
      CommandLine("kubectl", "get", "vmi", "-n", parts[0], "-o", "jsonpath={.status.nodeName}").values([
        parts[1]
      ]))
    return commands.map { Self(action: $0, look: look, expect: [step.destination.name]) }
  }

  /// Commands that only look are left out: each phase looks for itself.
  private static func phases(
    _ commands: [RunbookCommand], look: (Host.ID) -> RunbookCommand,
    expect: (RunbookCommand) -> (host: Host.ID, line: String)?
  ) -> [Self] {
    commands.compactMap { command in
      expect(command).map { Self(action: command, look: look($0.host), expect: [$0.line]) }
    }
  }
}
