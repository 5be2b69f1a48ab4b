import EvacuationModel
import Quantities

/// After the plan, the hosts that remain keep the room that the policy asks for.
enum HeadroomCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    guard !plan.isRolling else { return [] }
    let remaining = plan.inventory.hosts.indices.filter { index in
      plan.host(index).state == .up && !plan.drained[index]
    }
    switch plan.policy.capacity.keepFree {
    case .hosts(let count):
      return count > 0 ? failover(of: count, remaining, plan) : []
    case .share(let share):
      return shares(share, remaining, plan)
    }
  }

  private static func failover(of count: Int, _ remaining: [Int], _ plan: ResolvedPlan) -> [Finding] {
    let sizes = remaining.map { plan.host($0).guestMemory(plan.policy.capacity) }
    let used = usedMemory(plan)
    let free = zip(remaining, sizes).map { max($1 - used[$0], .zero) }.sum()
    let needed = sizes.sorted(by: >).prefix(count).sum()
    guard free < needed else { return [] }
    return [
      Finding.inPlan(
        .headroomLost, at: "",
        "\(free) remain free, the failure of \(count == 1 ? "one host" : "\(count) hosts") takes \(needed)",
        help: "drain fewer hosts at once, or lower keep_free in the policy")
    ]
  }

  private static func shares(_ share: Ratio, _ remaining: [Int], _ plan: ResolvedPlan) -> [Finding] {
    let used = usedMemory(plan)
    let receivers = Set(plan.steps.map(\.destination))
    return remaining.filter { receivers.contains($0) }.compactMap { index in
      let size = plan.host(index).guestMemory(plan.policy.capacity)
      let free = size - used[index]
      guard free < size * share.fraction else { return nil }
      return Finding.inPlan(
        .headroomLost, at: plan.hostName(index), "\(free) of \(size) remain free, less than \(share)",
        help: "send guests elsewhere, or lower keep_free in the policy")
    }
  }

  private static func usedMemory(_ plan: ResolvedPlan) -> [ByteCount] {
    var used = [ByteCount](repeating: .zero, count: plan.inventory.hosts.count)
    for (index, vm) in plan.inventory.virtualMachines.enumerated()
    where vm.holdsRoom(on: plan.inventory.platform) {
      if let host = plan.hostAfter[index] { used[host] += vm.memory }
    }
    return used
  }
}
