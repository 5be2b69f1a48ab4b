public import EvacuationModel
import Quantities

/// What an import makes of a platform's listings.
public struct ImportedPicture: Sendable {
  /// The inventory; `nil` when a plan would rest on a wrong picture.
  public var inventory: Inventory?
  /// What was noticed, without what had to be assumed.
  var remarks: [Finding]
  /// What the platform does not tell.
  var assumptions: Assumptions
  /// The platform's own settings as far as the listings tell them.
  var settings: ImportedSettings?
  /// What was assumed when an inventory that this one was made from was imported.
  var carried: [String] = []

  init(
    inventory: Inventory?, remarks: [Finding], assumptions: Assumptions = Assumptions(),
    workload: Assumption.Kind? = nil, settings: ImportedSettings? = nil
  ) {
    self.inventory = remarks.contains { $0.severity == .error } ? nil : inventory
    self.remarks = remarks
    self.assumptions = assumptions
    self.settings = settings
    guard let workload, let inventory else { return }
    self.assumptions.add(workload, about: Self.unknownWorkloads(of: inventory))
  }

  /// Guests whose memory moves while they write it, and of which nobody knows how hard.
  static func unknownWorkloads(of inventory: Inventory) -> [String] {
    inventory.virtualMachines.filter { $0.state != .stopped && $0.memoryActivity.isUnknown }.map(\.id.name)
  }

  /// All findings: what was noticed, then one note for each kind of assumption.
  public var findings: [Finding] { remarks + assumptions.findings }

  /// The assumptions as they stand at the top of the inventory's file.
  public var comments: [String] {
    carried + assumptions.findings.map { "assumed: \($0.message); \($0.help)" }
  }

  /// A policy with the platform's real settings, in evac's own format; `nil` where the listings tell none.
  public var policyText: String? {
    settings.flatMap { $0.isEmpty ? nil : $0.text(name: inventory?.name ?? "imported") }
  }
}

extension MemoryActivity {
  /// Whether nothing is known of how hard the guest writes.
  var isUnknown: Bool { source == .assumed }
}

/// What is taken where a platform does not tell it. An assumption that names the value stands beside each use.
enum ImportDefaults {
  /// The speed of a host's migration network.
  static let migrationBandwidth = DataRate.gigabitsPerSecond(10)
  /// What a hypervisor with its services takes at least.
  static let reservedMemory = ByteCount.gibibytes(1)
  /// A disk of unknown size; none at all would hide that it has to be copied.
  static let diskSize = ByteCount.gibibytes(1)
}
