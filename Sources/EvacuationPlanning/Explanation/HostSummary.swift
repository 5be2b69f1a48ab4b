import EvacuationModel
import Quantities

/// What a plan does with one host.
struct HostSummary: Sendable {
  let plan: EvacuationPlan
  let inventory: Inventory
  let policy: Policy

  func explain(_ host: Host) -> HostExplanation {
    let departures = plan.steps.filter { $0.source == host.id }
    let arrivals = plan.steps.filter { $0.destination == host.id }
    let residents = inventory.virtualMachines.filter { $0.host == host.id }
    let size = Double(host.guestMemory(policy.capacity).bytes)
    func load(_ guests: [VirtualMachine]) -> Ratio {
      let used = guests.filter { $0.holdsRoom(on: inventory.platform) }.map(\.memory).sum()
      return size > 0 ? Ratio(Double(used.bytes) / size) : .zero
    }
    let after = guestsAfter(host)
    let isDrained = plan.request.drain.contains(host.id) || plan.waves.contains { $0.hosts.contains(host.id) }
    return HostExplanation(
      host: host.id, isDrained: isDrained, guestsBefore: residents.count, guestsAfter: after.count,
      loadBefore: load(residents), loadAfter: load(after), departures: departures.map(\.id),
      arrivals: arrivals.map(\.id),
      remarks: remarks(host, departures: departures, arrivals: arrivals, isDrained: isDrained))
  }

  private func guestsAfter(_ host: Host) -> [VirtualMachine] {
    var homes: [VirtualMachine.ID: Host.ID] = [:]
    for step in plan.steps { homes[step.vm] = step.destination }
    return inventory.virtualMachines.filter { (homes[$0.id] ?? $0.host) == host.id }
  }

  private func remarks(
    _ host: Host, departures: [PlannedMigration], arrivals: [PlannedMigration], isDrained: Bool
  ) -> [String] {
    var remarks: [String] = []
    if let last = departures.max(by: { ($0.end, $1.start) < ($1.end, $0.start) }), isDrained {
      let stays = plan.unplaced.count { $0.host == host.id }
      let whole = Duration(clampingSeconds: last.end.seconds).text
      remarks.append(
        stays == 0
          ? "empty after \(whole), \(last.vm) (\(last.id)) leaves last"
          : "not empty: \(stays) cannot leave; the others have left after \(whole)")
      remarks.append(busy(departures))
    } else if isDrained {
      remarks.append(
        plan.unplaced.contains { $0.host == host.id } ? "nobody can leave it" : "empty already")
    }
    if !arrivals.isEmpty { remarks.append("takes \(arrivals.count) of \(plan.steps.count) migrations") }
    if arrivals.isEmpty, !isDrained {
      remarks.append(
        host.state == .up
          ? "takes nobody: others were as good or better for each guest; ask about a guest to see the comparison"
          : "is \(host.state.rawValue) and takes no arrivals")
    }
    return remarks
  }

  /// How much of the time until its last departure the host spends sending one migration or more.
  private func busy(_ departures: [PlannedMigration]) -> String {
    var busy = 0.0
    var until = 0.0
    for step in departures.sorted(by: { $0.start < $1.start }) {
      busy += max(0, step.end.seconds - max(until, step.start.seconds))
      until = max(until, step.end.seconds)
    }
    let sum = departures.reduce(0) { $0 + $1.end.seconds - $1.start.seconds }
    let atOnce = busy > 0 ? (sum / busy * 10).rounded() / 10 : 0
    return
      "sends during \(Ratio.percent((until > 0 ? busy / until * 100 : 0).rounded())) of that time, \(atOnce.text(places: 1)) migrations at once on average"
  }
}
