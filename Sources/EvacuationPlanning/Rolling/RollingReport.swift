import EvacuationModel
import Quantities

/// Says why hosts are not maintained: who keeps them, and why each other host does not take that guest.
struct RollingReport {
  let world: RollingWorld
  let run: RollingRun
  /// The hosts that are not maintained.
  let left: [Int]

  func entries() -> [UnplacedVirtualMachine] {
    let stuck = Set(world.stuck)
    return left.flatMap { host -> [UnplacedVirtualMachine] in
      let residents = run.state.residents[host].sorted()
      let keepers = residents.filter(stuck.contains)
      return (keepers.isEmpty ? residents : keepers).map { entry(for: $0, on: host) }
    }
  }

  private func entry(for vm: Int, on host: Int) -> UnplacedVirtualMachine {
    let cluster = world.cluster
    let guest = cluster.vm(vm)
    let name = cluster.host(host).id
    if let refusal = world.candidatesFromHome(of: vm)?.modeRefusal {
      return UnplacedVirtualMachine(
        guest, refusals: refusals(of: vm, on: host),
        message: "\(guest.id) cannot leave \(name), which is not maintained: \(refusal.message)")
    }
    return UnplacedVirtualMachine(
      guest, refusals: refusals(of: vm, on: host),
      message:
        "\(guest.id) cannot leave \(name), which is not maintained: no host has room for it when its turn comes"
    )
  }

  private func refusals(of vm: Int, on host: Int) -> [HostRefusal] {
    let cluster = world.cluster
    let candidates = world.candidatesFromHome(of: vm)
    let standing = candidates?.refusals(in: cluster) ?? []
    var reasons = Dictionary(standing.map { ($0.host, $0.reason) }, uniquingKeysWith: { first, _ in first })
    for candidate in candidates?.candidates ?? [] {
      reasons[candidate.host] = PlacementRules.present(vm, on: candidate.host, in: run.state)
    }
    return cluster.inventory.hosts.indices.filter { $0 != host }.compactMap { other in
      reasons[other].map { HostRefusal(host: cluster.host(other).id, reason: $0) }
    }
  }
}
