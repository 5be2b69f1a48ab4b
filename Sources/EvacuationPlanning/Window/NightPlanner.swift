public import EvacuationModel
import Quantities

/// Cuts the maintenance of many hosts into windows: in each as many hosts as fit at the window's confidence, the most
/// wanted first, planned from the inventory that the night before leaves.
///
/// A night does nothing by halves: each of its hosts becomes empty, and all rules of the policy, headroom and groups
/// among them, hold in its plan as in any other. Hosts that are done are back in service and take guests.
public struct NightPlanner: Sendable {
  /// So many hosts beyond the first that does not fit are tried in its place.
  private static let mostFurtherTries = 8
  /// From the beginning of one night to that of the next.
  private static let day = PlanTime(seconds: 86_400)

  private let inventory: Inventory
  private let policy: Policy
  private let effort: SearchEffort

  /// A planner for `inventory` under `policy`.
  public init(inventory: Inventory, policy: Policy, effort: SearchEffort = SearchEffort()) {
    self.inventory = inventory
    self.policy = policy
    self.effort = effort
  }

  /// At most `most` nights for what `request` asks for, each in a window like the request's, a day apart. `digest`
  /// names the inventory of a night; that of the first is given.
  public func nights(
    _ request: EvacuationRequest, most: Int, inventory first: InputDigest, policy policyDigest: InputDigest,
    digest: (Inventory) -> InputDigest
  ) -> NightPlan {
    let asked =
      request.rolling.map { pattern in inventory.hosts.filter(pattern.matches).map(\.id) } ?? request.drain
    var remaining = HostPriorities(inventory: inventory, policy: policy).sorted(asked)
    var nights: [Night] = []
    var state = (inventory: inventory, digest: first)
    var window = request.window
    while nights.count < most, !remaining.isEmpty {
      var question = request
      question.window = window
      let attempt = Attempt(
        inventory: state.inventory, policy: policy, request: question, digests: (state.digest, policyDigest),
        effort: effort)
      guard let (hosts, plan) = mostThatFit(remaining, attempt) else { break }
      nights.append(Night(number: nights.count + 1, inventory: state.inventory, plan: plan))
      remaining.removeAll { hosts.contains($0) }
      guard !remaining.isEmpty else { break }
      state.inventory = state.inventory.after(plan)
      state.digest = digest(state.inventory)
      window.start = window.start?.advanced(by: Self.day)
    }
    return NightPlan(nights: nights, left: left(remaining, nights.count == most, state.inventory))
  }

  private func mostThatFit(
    _ hosts: [Host.ID], _ attempt: Attempt
  ) -> (hosts: Set<Host.ID>, plan: EvacuationPlan)? {
    var best: (hosts: Set<Host.ID>, plan: EvacuationPlan)?
    var low = 0
    var high = hosts.count
    // Mostly all that remain fit, or a part that the last night tells: all are asked first.
    var middle = high
    while low < high {
      let kept = Array(hosts.prefix(middle))
      if let plan = attempt.plan(for: kept) {
        best = (Set(kept), plan)
        low = middle
      } else {
        high = middle - 1
      }
      middle = (low + high + 1) / 2
    }
    for host in hosts.dropFirst(low + (low > 0 ? 1 : 0)).prefix(Self.mostFurtherTries) {
      let kept = best?.hosts.union([host]) ?? [host]
      if let plan = attempt.plan(for: hosts.filter { kept.contains($0) }) { best = (kept, plan) }
    }
    return best
  }

  private func left(_ hosts: [Host.ID], _ isLastNight: Bool, _ inventory: Inventory) -> [LeftHost] {
    hosts.map { host in
      LeftHost(
        host: host, guests: inventory.virtualMachines.count { $0.host == host },
        reason: isLastNight
          ? "the nights asked for are full" : "it cannot be emptied within one window, even alone")
    }
  }
}

/// One night's question, asked for different hosts.
private struct Attempt {
  let inventory: Inventory
  let policy: Policy
  let request: EvacuationRequest
  let digests: (inventory: InputDigest, policy: InputDigest)
  let effort: SearchEffort

  /// The plan for `hosts`, if all of them become empty within the window.
  func plan(for hosts: [Host.ID]) -> EvacuationPlan? {
    let own =
      request.rolling == nil
      ? EvacuationRequest(drain: hosts, window: request.window, seed: request.seed)
      : EvacuationRequest(
        rolling: HostPattern(hosts.map(\.name).joined(separator: ",")), window: request.window,
        seed: request.seed)
    let plan = EvacuationPlanner(inventory: inventory, policy: policy).plan(
      own, inventory: digests.inventory, policy: digests.policy, effort: effort)
    guard plan.completeness == .complete else { return nil }
    let result = WindowForecaster(inventory: inventory, policy: policy).plan(plan)
    return result.summary.fitsWindow == false ? nil : result
  }
}
