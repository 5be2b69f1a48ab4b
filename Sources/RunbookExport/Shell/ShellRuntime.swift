import EvacuationModel

/// The part of a script that is the same for every plan of a platform. It is kept as bash, not as Swift strings, so
/// that it can be read and checked as what it is.
struct ShellRuntime {
  /// All of it, line by line.
  let lines: [String]
  /// Whether a text is an id as the platform gives them.
  let isMachine: (String) -> Bool
  /// Words for the command that starts a step, where the platform takes any.
  private(set) var flags: (PlannedMigration) -> [String] = { _ in [] }
  /// What is set for a guest before it starts: the permitted pause in the platform's own unit.
  private(set) var setting: (PlannedMigration) -> String? = { _ in nil }
  /// Why a script cannot carry out a step, though its guest has an id.
  private(set) var obstacle: (PlannedMigration) -> String? = { _ in nil }

  /// `nil` for platforms that have no script.
  init?(for platform: Platform) {
    let parts: [[UInt8]]
    switch platform {
    case .nova:
      parts = [PackageResources.nova_sh]
      isMachine = MachineAddress.isUUID
    case .libvirt:
      parts = [PackageResources.hosts_sh, PackageResources.libvirt_sh]
      isMachine = MachineAddress.isUUID
      flags = LibvirtCommands.flags
      setting = { $0.guest.downtimeLimit.map(LibvirtCommands.milliseconds) }
      obstacle = LibvirtCommands.obstacle
    case .proxmox:
      parts = [PackageResources.hosts_sh, PackageResources.proxmox_sh]
      isMachine = MachineAddress.isVMID
      flags = ProxmoxCommands.flags
      setting = { $0.guest.downtimeLimit.map(ProxmoxCommands.seconds) }
      obstacle = ProxmoxCommands.obstacle
    case .kubevirt:
      parts = [PackageResources.kubevirt_sh]
      isMachine = MachineAddress.isNamespacedName
      obstacle = { step in
        guard step.mode == .cold else { return nil }
        return "stop and start it: Kubernetes chooses the node of a guest that starts"
      }
    case .vsphere, .ganeti, .generic: return nil
    }
    let common = [
      PackageResources.options_sh, PackageResources.journal_sh, PackageResources.asking_sh,
      PackageResources.batches_sh, PackageResources.watching_sh, PackageResources.actions_sh,
    ]
    lines = (common + parts).map { String(decoding: $0, as: UTF8.self) }
      .flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }
}
