import EvacuationModel
import Quantities

/// A step whose guest and destination exist, by index.
struct ResolvedStep {
  /// Its index in the plan.
  let index: Int
  let step: PlannedMigration
  let vm: Int
  /// Where the guest really is when the step starts, whatever the step says.
  let source: Int
  let destination: Int
  let settings: MigrationSettings

  var place: String { step.id.name }
  var start: Double { step.start.seconds }
  var end: Double { step.end.seconds }
  /// Finite times, not negative, the end not before the start: what can be replayed.
  var hasPossibleTimes: Bool {
    start.isFinite && end.isFinite && start >= 0 && end >= start
  }
  /// When the transfer begins and ends, orchestration left out.
  var transferStart: Double { start + step.forecast.phases.before.seconds }
  var transferEnd: Double { end - step.forecast.phases.after.seconds }
}

/// A plan with its names resolved to indices of the inventory's hosts and guests, once for all checks.
struct ResolvedPlan {
  let plan: EvacuationPlan
  let inventory: Inventory
  let policy: Policy
  let hostIndex: [Host.ID: Int]
  let vmIndex: [VirtualMachine.ID: Int]
  /// The first step of each name.
  let stepIndex: [PlannedMigration.ID: Int]
  let linkIndex: [MigrationLink.ID: Int]
  let localPools: Set<Datastore.ID>
  /// Whether a host is to be emptied, and stays so.
  let drained: [Bool]
  /// When hosts are out of service and come back; empty for a drain.
  let absences: [Int: Wave]
  /// On the way home: where each guest belongs.
  let homes: [Int: Int]
  /// The host of each guest before the plan; `nil` if the inventory does not have it.
  let hostBefore: [Int?]
  /// The host of each guest after the plan.
  let hostAfter: [Int?]
  /// The steps that can be judged, in the plan's order.
  let steps: [ResolvedStep]
  /// For each guest that moves, its steps as indices of `steps`, by start.
  let stepsOfGuest: [Int: [Int]]

  init(_ plan: EvacuationPlan, inventory: Inventory, policy: Policy) {
    self.plan = plan
    self.inventory = inventory
    self.policy = policy
    hostIndex = firstIndices(inventory.hosts.map(\.id))
    vmIndex = firstIndices(inventory.virtualMachines.map(\.id))
    stepIndex = firstIndices(plan.steps.map(\.id))
    linkIndex = firstIndices(inventory.links.map(\.id))
    localPools = Set(inventory.datastores.lazy.filter { $0.kind == .local }.map(\.id))
    var drained = [Bool](repeating: false, count: inventory.hosts.count)
    for id in plan.request.drain {
      if let host = hostIndex[id] { drained[host] = true }
    }
    self.drained = drained
    absences = Self.absences(plan, hostIndex)
    homes = Self.homes(plan, hostIndex, vmIndex)
    let hosts = hostIndex
    hostBefore = inventory.virtualMachines.map { hosts[$0.host] }
    var trail = Trail(hostOfGuest: hostBefore)
    trail.follow(plan, hosts: hostIndex, vms: vmIndex, inventory: inventory, policy: policy)
    hostAfter = trail.hostOfGuest
    steps = trail.steps
    stepsOfGuest = trail.stepsOfGuest
  }

  private static func homes(
    _ plan: EvacuationPlan, _ hosts: [Host.ID: Int], _ vms: [VirtualMachine.ID: Int]
  ) -> [Int: Int] {
    var homes: [Int: Int] = [:]
    for home in plan.request.restore?.homes ?? [] {
      if let vm = vms[home.vm], let host = hosts[home.host], homes[vm] == nil { homes[vm] = host }
    }
    return homes
  }

  private static func absences(_ plan: EvacuationPlan, _ hosts: [Host.ID: Int]) -> [Int: Wave] {
    guard plan.request.rolling != nil else { return [:] }
    var absences: [Int: Wave] = [:]
    for wave in plan.waves {
      for host in wave.hosts.compactMap({ hosts[$0] }) where absences[host] == nil { absences[host] = wave }
    }
    return absences
  }

  /// Whether guest `vm` was asked to leave the host on which it is before the plan.
  func hasToMove(_ vm: Int) -> Bool {
    guard let before = hostBefore[vm] else { return false }
    return homes[vm].map { $0 != before } ?? drained[before]
  }

  var isRolling: Bool { plan.request.rolling != nil }

  func vm(_ index: Int) -> VirtualMachine { inventory.virtualMachines[index] }
  func host(_ index: Int) -> Host { inventory.hosts[index] }
  func hostName(_ index: Int) -> String { inventory.hosts[index].id.name }

  /// The disks of a guest that travel with it.
  func localDisks(of vm: VirtualMachine) -> [VirtualDisk] {
    vm.disks.filter { localPools.contains($0.datastore) }
  }
}

/// Follows each guest from host to host in the order of the steps' starts.
private struct Trail {
  var hostOfGuest: [Int?]
  var steps: [ResolvedStep] = []
  var stepsOfGuest: [Int: [Int]] = [:]

  mutating func follow(
    _ plan: EvacuationPlan, hosts: [Host.ID: Int], vms: [VirtualMachine.ID: Int], inventory: Inventory,
    policy: Policy
  ) {
    let starts = plan.steps.map { $0.start.seconds.isFinite ? $0.start.seconds : .infinity }
    let order = plan.steps.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    for index in order {
      let step = plan.steps[index]
      guard let vm = vms[step.vm], let destination = hosts[step.destination],
        let source = hostOfGuest[vm]
      else { continue }
      steps.append(
        ResolvedStep(
          index: index, step: step, vm: vm, source: source, destination: destination,
          settings: policy.settings(for: inventory.virtualMachines[vm])))
      hostOfGuest[vm] = destination
    }
    let byStart = steps
    steps.sort { $0.index < $1.index }
    let position = firstIndices(steps.map(\.index))
    for step in byStart {
      if let offset = position[step.index] { stepsOfGuest[step.vm, default: []].append(offset) }
    }
  }
}

/// The first index of each name.
private func firstIndices<ID: Hashable>(_ names: [ID]) -> [ID: Int] {
  var result: [ID: Int] = [:]
  result.reserveCapacity(names.count)
  for (index, name) in names.enumerated() where result[name] == nil { result[name] = index }
  return result
}
