import Quantities

extension RestoreRequest {
  /// The way home after `plans`, each of which replaced the one before, with what was recorded of them. `inventory` is that
  /// of the first. Of the last plan everything counts as done if nothing has been recorded of it.
  ///
  /// `affinity` are the members of groups that held before the first plan and do not after the last; `local` are guests with
  /// local disks; `balance` are as many as relieve hosts that are fuller than the cluster is on average. Those of whom there is nothing to say stay where they are: they do no harm there.
  public init(
    after plans: [(plan: EvacuationPlan, outcomes: [RecordedOutcome])], digest: String,
    inventory: Inventory, scope: Scope = .all
  ) {
    let homes = Dictionary(inventory.virtualMachines.map { ($0.id, $0.host) }) { first, _ in first }
    var places = homes
    var order: [VirtualMachine.ID] = []
    for (number, entry) in plans.enumerated() {
      let isLast = number == plans.count - 1
      let progress = PlanProgress(isLast ? Self.presumed(entry.plan, entry.outcomes) : entry.outcomes)
      for step in entry.plan.steps where progress.latest(of: step.id)?.result == .done {
        places[step.vm] = step.destination
        if !order.contains(step.vm) { order.append(step.vm) }
      }
    }
    let asked = Self.guests(scope, of: inventory, before: homes, after: places, moved: order)
    self.init(
      plan: digest, scope: scope,
      homes: order.compactMap { vm in
        guard let home = homes[vm], places[vm] != home, asked.contains(vm) else { return nil }
        return Home(vm: vm, host: home)
      })
  }

  /// `outcomes`; if there are none, that every step of `plan` is done.
  public static func presumed(_ plan: EvacuationPlan, _ outcomes: [RecordedOutcome]) -> [RecordedOutcome] {
    guard outcomes.isEmpty else { return outcomes }
    return plan.steps.map {
      RecordedOutcome(step: $0.id, result: .done, at: plan.capturedAt ?? Instant(secondsSince1970: 0))
    }
  }

  private static func guests(
    _ scope: Scope, of inventory: Inventory, before: [VirtualMachine.ID: Host.ID],
    after: [VirtualMachine.ID: Host.ID], moved: [VirtualMachine.ID]
  ) -> Set<VirtualMachine.ID> {
    switch scope {
    case .all: return Set(before.keys)
    case .local:
      let local = Set(inventory.datastores.lazy.filter { $0.kind == .local }.map(\.id))
      return Set(
        inventory.virtualMachines.filter { $0.disks.contains { local.contains($0.datastore) } }.map(\.id))
    case .balance:
      var needs = BalanceNeeds(inventory, places: after)
      return needs.guests(among: moved, homes: before)
    case .affinity:
      let hosts = Dictionary(inventory.hosts.map { ($0.id, $0) }) { first, _ in first }
      let broken = inventory.groups.filter { group in
        group.holds(before, hosts) && !group.holds(after, hosts)
      }
      return Set(broken.flatMap(\.members))
    }
  }
}

extension Inventory {
  /// The same with `hosts` back in service.
  public func opening(_ hosts: some Sequence<Host.ID>) -> Self {
    let opened = Set(hosts)
    var inventory = self
    for index in inventory.hosts.indices where opened.contains(inventory.hosts[index].id) {
      inventory.hosts[index].state = .up
    }
    return inventory
  }
}

extension PlacementGroup {
  /// Whether its members are together, or apart, where `places` has them.
  fileprivate func holds(_ places: [VirtualMachine.ID: Host.ID], _ hosts: [Host.ID: Host]) -> Bool {
    let known = Set(members).compactMap { places[$0].flatMap { hosts[$0]?.place(in: scope) } }
    switch relation {
    case .affinity: return Set(known).count <= 1
    case .antiAffinity: return Set(known).count == known.count
    }
  }
}
