public import Quantities

/// A virtual machine that stays, with the reason for each host that might have taken it.
public struct UnplacedVirtualMachine: Hashable, Sendable {
  /// Who stays.
  public var vm: VirtualMachine.ID
  /// The platform's own id, by which a script recognises it.
  public var platformID: String?
  /// Where.
  public var host: Host.ID
  /// Why not there, host by host in the inventory's order.
  public var refusals: [HostRefusal]
  /// The whole in a sentence, with what to do.
  public var message: String
  /// Why it stays though it could leave; `nil` where it cannot.
  public var postponed: Postponement.Cause?

  /// A virtual machine that stays.
  public init(
    vm: VirtualMachine.ID, platformID: String? = nil, host: Host.ID, refusals: [HostRefusal],
    message: String, postponed: Postponement.Cause? = nil
  ) {
    self.vm = vm
    self.platformID = platformID
    self.host = host
    self.refusals = refusals
    self.message = message
    self.postponed = postponed
  }

  /// `guest` stays where it is.
  public init(
    _ guest: VirtualMachine, refusals: [HostRefusal] = [], message: String,
    postponed: Postponement.Cause? = nil
  ) {
    self.init(
      vm: guest.id, platformID: guest.platformID, host: guest.host, refusals: refusals, message: message,
      postponed: postponed)
  }
}

/// Why one host does not take a virtual machine.
public struct HostRefusal: Hashable, Sendable {
  /// The host.
  public var host: Host.ID
  /// The reason's code.
  public var code: String
  /// The reason with its numbers.
  public var message: String

  /// A refusal.
  public init(host: Host.ID, code: String, message: String) {
    self.host = host
    self.code = code
    self.message = message
  }

  /// The refusal of `host` for `reason`.
  public init(host: Host.ID, reason: PlacementRefusal) {
    self.init(host: host, code: reason.code, message: reason.message)
  }
}

/// Why a host cannot take a virtual machine.
public enum PlacementRefusal: Hashable, Sendable {
  /// The host is to be emptied itself.
  case beingDrained
  /// The host takes no arrivals.
  case hostState(HostState)
  /// A rule of the policy sends the guest elsewhere.
  case notAmongDestinations
  /// Too little memory.
  case memory(short: ByteCount, free: ByteCount)
  /// Too few CPUs.
  case cpus(short: Int, free: Int)
  /// The guest alone needs more than the whole host has.
  case tooSmall(needs: ByteCount, has: ByteCount)
  /// A shared pool is out of reach.
  case unreachableStorage(Datastore.ID)
  /// Too little space on a local pool.
  case diskSpace(Datastore.ID, short: ByteCount)
  /// The CPU model cannot be presented.
  case cpuModel(String)
  /// CPU features are missing.
  case cpuFeatures([String])
  /// The guest may not leave its zone.
  case zone(String)
  /// Another member of an anti-affinity group is there.
  case antiAffinity(PlacementGroup.ID, with: VirtualMachine.ID)
  /// The other members of an affinity group are elsewhere.
  case affinity(PlacementGroup.ID, with: VirtualMachine.ID)
  /// The headroom would be lost.
  case headroom(short: ByteCount)
  /// The way there is too slow for the guest to converge.
  case tooSlow(carries: DataRate, needs: DataRate?)

  /// A short stable name for programs.
  public var code: String {
    switch self {
    case .beingDrained: "being_drained"
    case .hostState: "host_state"
    case .notAmongDestinations: "not_a_permitted_destination"
    case .memory: "memory"
    case .cpus: "cpus"
    case .tooSmall: "host_too_small"
    case .unreachableStorage: "storage_unreachable"
    case .diskSpace: "disk_space"
    case .cpuModel: "cpu_model"
    case .cpuFeatures: "cpu_features"
    case .zone: "zone"
    case .antiAffinity: "anti_affinity"
    case .affinity: "affinity"
    case .headroom: "headroom"
    case .tooSlow: "too_slow"
    }
  }

  /// The reason with its numbers.
  public var message: String {
    switch self {
    case .beingDrained: "is being drained itself"
    case .hostState(let state): "is \(state.rawValue) and takes no arrivals"
    case .notAmongDestinations: "is not among the destinations that the policy permits"
    case .memory(let short, let free): "has \(free) of memory free, \(short) short"
    case .cpus(let short, let free): "has \(free) vCPUs free, \(short) short"
    case .tooSmall(let needs, let has): "has \(has) in all, the guest needs \(needs)"
    case .unreachableStorage(let pool): "does not reach pool \(pool)"
    case .diskSpace(let pool, let short): "is \(short) short of space on \(pool)"
    case .cpuModel(let model): "cannot present CPU model \(model)"
    case .cpuFeatures(let features): "lacks CPU features \(features.joined(separator: ", "))"
    case .zone(let zone): "is outside zone \(zone)"
    case .antiAffinity(let group, let other): "already has \(other) of anti-affinity group \(group)"
    case .affinity(let group, let other): "is not with \(other) of affinity group \(group)"
    case .headroom(let short): "the headroom that the policy keeps would be \(short) short"
    case .tooSlow(let carries, let needs):
      "its path carries \(carries)"
        + (needs.map { ", the guest needs \($0) to converge" } ?? ", too little to converge")
    }
  }
}
