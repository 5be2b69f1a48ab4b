/// Every kind of finding. The first letter tells where it comes from: `I` reading an inventory or any
/// other file, `P` reading a policy, `R` the request, `V` verifying a plan, `M` importing from a platform, `L`
/// reading a migration's log, `S` the store and what is recorded in it.
///
/// `docs/errors.md` explains each one; a test keeps the two in step.
public enum FindingCode: String, CaseIterable, Hashable, Sendable {
  // Reading any file.
  /// The file cannot be read.
  case unreadableFile = "I001"
  /// The file is empty.
  case emptyFile = "I002"
  /// Not YAML or JSON.
  case syntax = "I003"
  /// Not the format that is needed here.
  case wrongFormat = "I004"
  /// A key that the format does not have.
  case unknownKey = "I005"
  /// A key that must be there is not.
  case missingKey = "I006"
  /// A value of another kind than needed.
  case wrongKind = "I007"
  /// The same key twice in one mapping.
  case repeatedKey = "I008"
  /// A quantity without its unit, with a wrong one, negative or out of range.
  case badQuantity = "I009"
  /// A word that is not one of those allowed.
  case badChoice = "I010"
  /// The file is larger than what is read.
  case tooLarge = "I011"
  // Inventory.
  /// Two of a kind with one name.
  case duplicateName = "I101"
  /// A reference to something that is not there.
  case unknownReference = "I102"
  /// Guests need more memory than their host has.
  case hostOverMemory = "I103"
  /// Groups that contradict each other.
  case contradictoryGroups = "I104"
  /// A group that is already broken where its members run now.
  case groupBrokenNow = "I105"
  /// Values that do not fit together.
  case inconsistent = "I106"
  /// Something unknown for which a default was taken.
  case assumption = "I107"
  /// A guest on a host that is down.
  case guestOnDownHost = "I108"
  // Policy.
  /// A setting that this version reads but does not act on.
  case notSupported = "P101"
  /// Settings that contradict each other.
  case contradictorySettings = "P102"
  /// A rule that no virtual machine matches, or that names an unknown host.
  case uselessRule = "P103"
  /// A calibration that has nothing for the platform or transport in use.
  case uncalibrated = "P104"
  // Request.
  /// A host to drain that the inventory does not have.
  case unknownDrainHost = "R101"
  /// A host that drains and must also receive.
  case drainedDestination = "R102"
  /// The result cannot be written.
  case unwritableOutput = "R103"
  /// A virtual machine that the inventory does not have.
  case unknownVirtualMachine = "R104"
  /// A request that makes no sense as a whole.
  case badRequest = "R105"
  /// A name to explain that neither the inventory nor the plan has.
  case nothingToExplain = "R106"
  // Verification.
  /// The plan belongs to another inventory or policy.
  case otherInput = "V101"
  /// The plan names something that the inventory does not have.
  case unknownSubject = "V102"
  /// Memory of a destination is exceeded at some moment.
  case memoryExceeded = "V201"
  /// CPUs of a destination are exceeded at some moment.
  case cpuExceeded = "V202"
  /// Disk space of a destination is exceeded at some moment.
  case diskExceeded = "V203"
  /// The headroom that the policy keeps is not kept.
  case headroomLost = "V204"
  /// More migrations at once than permitted.
  case limitExceeded = "V301"
  /// More traffic on a NIC or link than permitted.
  case linkExceeded = "V302"
  /// A batch starts before the one before has ended.
  case batchOverlap = "V303"
  /// A step starts before one it depends on has ended.
  case orderBroken = "V304"
  /// A step that does not depend on the one that makes room for it.
  case roomNotAwaited = "V305"
  /// A destination that may not receive.
  case badDestination = "V401"
  /// A CPU that the guest cannot run on.
  case cpuMismatch = "V402"
  /// Storage that the destination does not reach.
  case storageMismatch = "V403"
  /// A group broken by the plan.
  case groupBroken = "V404"
  /// A mode that policy or platform does not permit.
  case modeNotPermitted = "V405"
  /// A virtual machine that neither moves nor is listed as unplaced.
  case notAccountedFor = "V501"
  /// A virtual machine that moves though it need not, or twice.
  case needlessMove = "V502"
  /// Numbers in the plan that do not agree with each other.
  case inconsistentPlan = "V503"
  /// The plan does not fit its window.
  case outsideWindow = "V504"
  /// A virtual machine that is under way when a rule forbids it.
  case blackoutBroken = "V505"
  /// Blackouts that cannot be checked, because the plan does not say when it starts.
  case blackoutUnchecked = "V506"
  // Import from platforms.
  /// A file whose content no importer knows.
  case unknownContent = "M101"
  /// A listing that is needed and was not found.
  case missingListing = "M102"
  /// A record that cannot be used.
  case skippedRecord = "M103"
  /// A guest in a state in which its platform does not migrate it.
  case guestNotReady = "M104"
  // Logs of migrations.
  /// A log in which no migration is found.
  case noMigration = "L101"
  /// A record of progress that cannot be used.
  case garbledProgress = "L102"

  // The store.
  /// The store cannot be opened or written.
  case storeUnavailable = "S101"
  /// The store's file is damaged.
  case storeDamaged = "S102"
  /// The store is of a newer version.
  case storeTooNew = "S103"
  /// Other processes keep the store from us.
  case storeBusy = "S104"
  /// An entry that does not agree with itself or with others.
  case storeConflict = "S105"
  /// A plan that the store does not have.
  case unknownPlan = "S201"
  /// A step that the plan does not have.
  case unknownStep = "S202"
  /// An outcome that contradicts what was recorded before.
  case contradictoryOutcome = "S203"
  /// An outcome of a step whose predecessors have not ended.
  case outcomeTooEarly = "S204"
  /// A plan in whose place there is a newer one.
  case planReplaced = "S205"
  /// Something was recorded of a plan while the one that is to take its place was made.
  case recordedMeanwhile = "S206"

  /// How bad it usually is.
  public var severity: Severity {
    switch self {
    case .hostOverMemory, .groupBrokenNow, .inconsistent, .guestOnDownHost, .notSupported, .uselessRule,
      .otherInput, .unknownContent, .skippedRecord, .guestNotReady, .outsideWindow, .headroomLost,
      .garbledProgress, .uncalibrated:
      .warning
    case .assumption, .blackoutUnchecked: .note
    default: .error
    }
  }
}
