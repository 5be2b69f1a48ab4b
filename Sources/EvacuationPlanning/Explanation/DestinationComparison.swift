import EvacuationModel
import MigrationSimulation
import Quantities

/// Asks every host anew whether it could take a guest that moves, with everybody else where the plan sends them.
struct DestinationComparison: Sendable {
  let plan: EvacuationPlan
  let inventory: Inventory
  let policy: Policy

  /// The chosen host first, the other possible ones in order of what they cost; the refusals in the inventory's order.
  func compare(_ step: PlannedMigration) -> (possible: [DestinationOption], refusals: [HostRefusal]) {
    let cluster = Cluster(others(than: step), policy: policy, drain: unavailable(for: step))
    guard let vm = cluster.inventory.virtualMachines.firstIndex(where: { $0.id == step.vm }) else {
      return ([], [])
    }
    let paths = MigrationPaths(cluster)
    let chooser = ModeChooser(
      MigrationForecaster(policy: policy, inventory: inventory), seed: plan.request.seed)
    let state = PlacementState(cluster)
    let home = cluster.homes[vm]
    var possible: [(cost: Double, option: DestinationOption)] = []
    var refusals: [HostRefusal] = []
    for host in cluster.inventory.hosts.indices where host != home {
      let id = cluster.host(host).id
      if let reason = PlacementRules.standing(vm, on: host, in: cluster)
        ?? PlacementRules.present(vm, on: host, in: state)
      {
        refusals.append(HostRefusal(host: id, reason: reason))
        continue
      }
      do throws(ModeRefusal) {
        let way = try chooser.choose(
          cluster.vm(vm), settings: cluster.settings(of: vm), capacity: paths.capacity(from: home, to: host))
        possible.append(option(vm, host, way, in: state))
      } catch {
        refusals.append(HostRefusal(host: id, code: "mode", message: error.message))
      }
    }
    let sorted = possible.enumerated().sorted { one, other in
      let chosen = (
        one.element.option.host == step.destination, other.element.option.host == step.destination
      )
      if chosen.0 != chosen.1 { return chosen.0 }
      return (one.element.cost, one.offset) < (other.element.cost, other.offset)
    }
    return (sorted.map(\.element.option), refusals)
  }

  private func option(
    _ vm: Int, _ host: Int, _ way: ModeDecision, in state: PlacementState
  ) -> (cost: Double, option: DestinationOption) {
    let cost = PlacementCost(preference: policy.receivers)
    let size = Double(state.cluster.offers[host].memory.bytes)
    let left = Double((state.freeMemory[host] - state.cluster.memory(vm)).bytes)
    return (
      cost.of(vm, on: host, disturbance: PlacementCost.disturbance(way), in: state),
      DestinationOption(
        host: state.cluster.host(host).id, mode: way.mode, duration: way.forecast.duration,
        load: size > 0 ? Ratio(1 - left / size) : .percent(100),
        softGroupsBroken: cost.softGroupsBroken(vm, on: host, in: state))
    )
  }

  /// The inventory with everybody but the guest of `step` where the plan sends them; in a rolling maintenance where
  /// they are or are going to when the step starts.
  private func others(than step: PlannedMigration) -> Inventory {
    var hosts: [VirtualMachine.ID: Host.ID] = [:]
    for other in plan.steps where other.vm != step.vm && (!isRolling || other.start <= step.start) {
      hosts[other.vm] = other.destination
    }
    hosts[step.vm] = step.source
    var inventory = inventory
    for index in inventory.virtualMachines.indices {
      if let host = hosts[inventory.virtualMachines[index].id] {
        inventory.virtualMachines[index].host = host
      }
    }
    return inventory
  }

  private var isRolling: Bool { plan.request.drain.isEmpty }

  /// Hosts that take nobody when `step` starts, its source among them.
  private func unavailable(for step: PlannedMigration) -> [Host.ID] {
    guard isRolling else { return plan.request.drain + [step.source] }
    let out = plan.waves.filter { $0.start <= step.start && step.start < $0.maintenanceEnd }
    return out.flatMap(\.hosts) + [step.source]
  }
}
