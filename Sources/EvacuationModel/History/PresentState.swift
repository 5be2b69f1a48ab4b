public import Quantities

/// A cluster as it is in the middle of a plan: the plan's inventory after everything that has been recorded of it.
public struct PresentState: Hashable, Sendable {
  /// A migration that is under way.
  public struct UnderWay: Hashable, Sendable {
    /// The step.
    public let step: PlannedMigration
    /// When it started.
    public let since: Instant
  }

  /// A migration that failed, and nothing has become of it since.
  public struct FailedMove: Hashable, Sendable {
    /// The step, as it was planned.
    public let step: PlannedMigration
    /// What was said of it.
    public let reason: String
    /// What to try next depends on this.
    public let kind: FailureKind
  }

  /// Hosts, guests and disk space as they are now. A guest under way is where it comes from.
  public private(set) var inventory: Inventory
  /// What is under way, in the plan's order.
  public let underWay: [UnderWay]
  /// Every failure of a guest that is still where it was, in the order of recording.
  public let failures: [FailedMove]
  /// The hosts that did not answer. They take no arrivals.
  public let silentHosts: [Host.ID]

  /// What `outcomes`, in the order in which they were recorded, have made of `inventory` so far.
  ///
  /// A guest that is done has moved, and with it what its local disks have allocated; one that failed or was skipped is where
  /// it was. A destination that did not answer takes no arrivals, unless a guest is on its way there, which could not be.
  ///
  /// - Parameter arrived: guests under way that count as arrived, and keep their memory where they come from as well.
  public init(
    of plan: EvacuationPlan, inventory: Inventory, after outcomes: [RecordedOutcome],
    arrived: Set<VirtualMachine.ID> = []
  ) {
    self.inventory = inventory
    let progress = PlanProgress(outcomes)
    let steps = Dictionary(plan.steps.map { ($0.id, $0) }) { first, _ in first }
    let going = plan.steps.compactMap { step -> UnderWay? in
      guard let outcome = progress.latest(of: step.id), outcome.result == .started else { return nil }
      return UnderWay(step: step, since: outcome.at)
    }
    failures = outcomes.compactMap { outcome in
      guard case .failed(let reason, let kind) = outcome.result, let step = steps[outcome.step],
        case .failed = progress.latest(of: step.id)?.result
      else { return nil }
      return FailedMove(step: step, reason: reason, kind: kind)
    }
    let reached = Set(going.map(\.step.destination))
    var silent: [Host.ID] = []
    for failure in failures
    where failure.kind == .hostDown && !reached.contains(failure.step.destination)
      && !silent.contains(failure.step.destination)
    {
      silent.append(failure.step.destination)
    }
    silentHosts = silent
    underWay = going.filter { !arrived.contains($0.step.vm) }
    for step in plan.steps where progress.latest(of: step.id)?.result == .done { move(step) }
    for guest in going where arrived.contains(guest.step.vm) {
      move(guest.step)
      keepRoom(for: guest.step)
    }
    for index in self.inventory.hosts.indices
    where silent.contains(self.inventory.hosts[index].id) && self.inventory.hosts[index].state == .up {
      self.inventory.hosts[index].state = .disabled
    }
  }

  /// Lets `closed` take no arrivals, and `opened` take them again.
  public mutating func closing(_ closed: some Sequence<Host.ID>, opening opened: some Sequence<Host.ID>) {
    inventory = inventory.opening(opened)
    let closed = Set(closed)
    for index in inventory.hosts.indices
    where closed.contains(inventory.hosts[index].id) && inventory.hosts[index].state == .up {
      inventory.hosts[index].state = .disabled
    }
  }

  private mutating func move(_ step: PlannedMigration) {
    guard let place = inventory.virtualMachines.firstIndex(where: { $0.id == step.vm }) else { return }
    let vm = inventory.virtualMachines[place]
    inventory.virtualMachines[place].host = step.destination
    if let model = expandedModel(of: vm, step) { inventory.virtualMachines[place].cpuModel = model }
    let local = Set(inventory.datastores.lazy.filter { $0.kind == .local }.map(\.id))
    for disk in vm.disks where local.contains(disk.datastore) {
      change(disk.datastore, of: vm.host, by: disk.allocated)
      change(disk.datastore, of: step.destination, by: .zero - disk.allocated)
    }
  }

  /// `host-model` is settled when a guest starts: one that has moved running to a host with another CPU still has the model of
  /// the host where it started.
  private func expandedModel(of vm: VirtualMachine, _ step: PlannedMigration) -> String? {
    guard vm.cpuModel == "host-model", step.mode != .cold else { return nil }
    let models = [vm.host, step.destination].map { host in inventory.hosts.first { $0.id == host }?.cpuModel }
    return models[0] == models[1] ? nil : models[0]
  }

  /// Only where the inventory says what is free.
  private mutating func change(_ pool: Datastore.ID, of host: Host.ID, by amount: ByteCount) {
    guard let place = inventory.hosts.firstIndex(where: { $0.id == host }) else { return }
    for index in inventory.hosts[place].storage.indices
    where inventory.hosts[place].storage[index].datastore == pool {
      guard let free = inventory.hosts[place].storage[index].free else { continue }
      inventory.hosts[place].storage[index].free = max(.zero, free + amount)
    }
  }

  private mutating func keepRoom(for step: PlannedMigration) {
    guard let vm = inventory.virtualMachines.first(where: { $0.id == step.vm }),
      let place = inventory.hosts.firstIndex(where: { $0.id == step.source })
    else { return }
    inventory.hosts[place].reservedMemory += vm.memory
  }
}
