import EvacuationModel
import Quantities

/// What a platform's operators type. `RunbookBuilder` decides the order and says why; a conformer knows
/// only its own tools.
protocol PlatformCommands {
  /// Before anything is touched.
  func preChecks(_ plan: EvacuationPlan) -> [RunbookStep]
  /// No more arrivals on `host`.
  func close(_ host: Host.ID, plan: EvacuationPlan) -> RunbookStep
  /// Go or no-go before `steps` start together.
  func checks(before steps: [PlannedMigration]) -> [RunbookStep]
  /// One migration; `alone` if no other one starts with it.
  func instructions(for step: PlannedMigration, alone: Bool) -> MigrationInstructions
  /// Nothing runs on `host` any more.
  func empty(_ host: Host.ID) -> RunbookStep
  /// Arrivals on `host` again.
  func open(_ host: Host.ID) -> RunbookStep
  /// What to do when a migration hangs, in the order in which it is safe.
  func recovery() -> [RunbookStep]
}

/// What a platform adds to the step of a migration.
struct MigrationInstructions {
  var warnings: [String] = []
  var commands: [RunbookCommand] = []
  var then: [RunbookInstruction] = []
  var watch: [RunbookCommand] = []
  var doneWhen: String
  var verify: [RunbookCommand] = []
  var levers: [RunbookInstruction] = []
  var abort: RunbookInstruction?
  var rollback: RunbookInstruction?
}

extension Platform {
  /// The commands of this platform, or plain words where nobody has said which one it is.
  var commands: any PlatformCommands {
    switch self {
    case .nova: NovaCommands()
    case .libvirt: LibvirtCommands()
    case .proxmox: ProxmoxCommands()
    case .kubevirt: KubeVirtCommands()
    case .vsphere: VSphereCommands()
    case .ganeti: GanetiCommands()
    case .generic: GenericCommands()
    }
  }
}

extension PlannedMigration {
  /// When to switch to post-copy: after disks and the first pass over memory, as every page has been sent
  /// once by then and the least is left to fetch over the network.
  var postCopySwitch: Duration {
    forecast.phases.before + forecast.phases.disks + forecast.phases.firstPass
  }

  /// Memory that arrives at each destination, in the order of first arrival.
  static func arrivals(of steps: [Self]) -> [(host: Host.ID, memory: ByteCount)] {
    var result: [(host: Host.ID, memory: ByteCount)] = []
    for step in steps where step.guest.state != .stopped {
      if let index = result.firstIndex(where: { $0.host == step.destination }) {
        result[index].memory += step.guest.memory
      } else {
        result.append((step.destination, step.guest.memory))
      }
    }
    return result
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in the order of first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
