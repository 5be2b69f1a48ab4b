import EvacuationModel
import Quantities

/// Who comes first where not all hosts can be emptied: the host with the most urgent guest, by the rules' priorities;
/// among equals a drain's hosts in the order of the request, those of a rolling maintenance in the order of its waves.
struct HostPriorities {
  private let inventory: Inventory
  private let policy: Policy
  private var highest: [Host.ID: Int] = [:]

  init(inventory: Inventory, policy: Policy) {
    self.inventory = inventory
    self.policy = policy
    for guest in inventory.virtualMachines {
      highest[guest.host] = max(highest[guest.host] ?? .min, policy.settings(for: guest).priority)
    }
  }

  /// The hosts that `plan` empties, the most wanted first.
  func sorted(_ plan: EvacuationPlan) -> [Host.ID] { sorted(plan.hostsToEmpty) }

  /// `hosts`, each once, the most wanted first.
  func sorted(_ hosts: [Host.ID]) -> [Host.ID] {
    var seen: Set<Host.ID> = []
    let hosts = hosts.filter { seen.insert($0).inserted }
    let known = hosts.enumerated().sorted { one, other in
      let priorities = (highest[one.element] ?? 0, highest[other.element] ?? 0)
      return priorities.0 != priorities.1 ? priorities.0 > priorities.1 : one.offset < other.offset
    }
    return known.map(\.element)
  }

  /// The guests of `host`, the most wanted first, then in the plan's order; those that must go together together.
  func bundles(on host: Host.ID, in plan: EvacuationPlan) -> [[VirtualMachine.ID]] {
    let cluster = Cluster(inventory, policy: policy, drain: [host])
    let all = Set(cluster.leaving)
    var starts: [VirtualMachine.ID: Double] = [:]
    for step in plan.steps { starts[step.vm] = step.start.seconds }
    let order = cluster.leaving.sorted { one, other in
      let priorities = (cluster.settings(of: one).priority, cluster.settings(of: other).priority)
      if priorities.0 != priorities.1 { return priorities.0 > priorities.1 }
      let times = (starts[cluster.vm(one).id] ?? .infinity, starts[cluster.vm(other).id] ?? .infinity)
      return (times.0, one) < (times.1, other)
    }
    var taken: Set<Int> = []
    return order.compactMap { vm in
      let bundle = cluster.groups.bundle(of: vm, among: all).filter { taken.insert($0).inserted }
      return bundle.isEmpty ? nil : bundle.map { cluster.vm($0).id }
    }
  }
}
