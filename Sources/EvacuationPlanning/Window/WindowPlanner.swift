public import EvacuationModel
import Quantities

/// Plans within a window: all that was asked where that fits, else as many whole hosts as do, the most wanted first.
public struct WindowPlanner: Sendable {
  /// So many hosts that come after one that does not fit are tried in its place.
  private static let mostFurtherTries = 4

  private let inventory: Inventory
  private let policy: Policy
  private let effort: SearchEffort

  /// A planner for `inventory` under `policy`.
  public init(inventory: Inventory, policy: Policy, effort: SearchEffort = SearchEffort()) {
    self.inventory = inventory
    self.policy = policy
    self.effort = effort
  }

  /// The plan for `request` with its outlook. Where all of it does not fit the window, what is left is named in the
  /// outlook, and the plan fits; where nothing at all would fit, it is the plan for all, which does not.
  ///
  /// What remains of a plan and a way home are never cut: what has begun is finished, and people see by how much it is late.
  ///
  /// - Parameters:
  ///   - known: moves that somebody counts on already.
  ///   - postponed: what stays for now, whatever the window.
  ///   - memo: what plans for like questions have found before; it changes no plan.
  public func plan(
    _ request: EvacuationRequest, keeping known: [KnownMove] = [], inventory inventoryDigest: InputDigest,
    policy policyDigest: InputDigest, postponed: [Postponement] = [], memo: PlanningMemo = PlanningMemo()
  ) -> EvacuationPlan {
    func plan(_ more: [Postponement]) -> EvacuationPlan {
      let plan = EvacuationPlanner(inventory: inventory, policy: policy).plan(
        request, keeping: known, inventory: inventoryDigest, policy: policyDigest,
        postponed: postponed + more, effort: effort, memo: memo)
      return WindowForecaster(inventory: inventory, policy: policy).plan(plan)
    }
    let whole = plan([])
    guard whole.summary.fitsWindow == false, request.replaces == nil, request.restore == nil else {
      return whole
    }
    let priorities = HostPriorities(inventory: inventory, policy: policy)
    let hosts = priorities.sorted(whole)
    if let cut = cut(hosts, of: whole, plan) { return cut }
    guard request.rolling == nil, let first = hosts.first,
      let cut = guests(of: first, leaving: Array(hosts.dropFirst()), whole, priorities, plan)
    else { return whole }
    return cut
  }

  /// The plan for the longest run of `hosts`, from the first on, that fits, and for further ones that fit as well.
  private func cut(
    _ hosts: [Host.ID], of whole: EvacuationPlan, _ plan: ([Postponement]) -> EvacuationPlan
  ) -> EvacuationPlan? {
    guard hosts.count > 1 else { return nil }
    func attempt(_ kept: Set<Host.ID>) -> EvacuationPlan? {
      let left = hosts.filter { !kept.contains($0) }
      let result = plan([Self.postponement(of: left, whole)])
      return Self.fits(result) ? naming(left, in: result, whole) : nil
    }
    var best: (count: Int, plan: EvacuationPlan)?
    var low = 0
    var high = hosts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if let found = attempt(Set(hosts.prefix(middle))) {
        best = (middle, found)
        low = middle
      } else {
        high = middle - 1
      }
    }
    var kept = Set(hosts.prefix(low))
    for host in hosts.dropFirst(low + 1).prefix(Self.mostFurtherTries) {
      guard let found = attempt(kept.union([host])) else { continue }
      kept.insert(host)
      best = (kept.count, found)
    }
    return best?.plan
  }

  /// Where not even one host fits, the most wanted guests of the first.
  private func guests(
    of host: Host.ID, leaving others: [Host.ID], _ whole: EvacuationPlan, _ priorities: HostPriorities,
    _ plan: ([Postponement]) -> EvacuationPlan
  ) -> EvacuationPlan? {
    let bundles = priorities.bundles(on: host, in: whole)
    guard bundles.count > 1 else { return nil }
    var low = 0
    var high = bundles.count - 1
    var best: EvacuationPlan?
    while low < high {
      let middle = (low + high + 1) / 2
      var left = Self.postponement(of: others, whole)
      left.guests = bundles.dropFirst(middle).flatMap(\.self)
      let result = plan([left])
      if Self.fits(result) {
        best = naming([host] + others, in: result, whole)
        low = middle
      } else {
        high = middle - 1
      }
    }
    return best
  }

  private static func fits(_ plan: EvacuationPlan) -> Bool {
    plan.summary.fitsWindow == true && !(plan.steps.isEmpty && plan.waves.isEmpty)
  }

  private static func postponement(of hosts: [Host.ID], _ whole: EvacuationPlan) -> Postponement {
    Postponement(hosts: hosts, cause: .nextWindow, reason: "left for the next window: \(reason(whole))")
  }

  private static func reason(_ whole: EvacuationPlan) -> String {
    let window = whole.request.window
    let end = whole.outlook?.endAtConfidence.map { "would take \($0.text)" } ?? "would never end"
    return "with everything that was asked the plan \(end) at \(window.confidence) confidence"
      + (window.duration.map { ", the window is \($0.text)" } ?? "")
  }

  private func naming(_ left: [Host.ID], in plan: EvacuationPlan, _ whole: EvacuationPlan) -> EvacuationPlan {
    var result = plan
    result.leave(left.map { ($0, Self.reason(whole)) })
    return result
  }
}

extension EvacuationPlan {
  /// Names `hosts` as left for the next window, each with the reason; the outlook counts the guests that stay there for that.
  mutating func leave(_ hosts: [(host: Host.ID, reason: String)]) {
    var counts: [Host.ID: Int] = [:]
    for entry in unplaced where entry.postponed == .nextWindow { counts[entry.host, default: 0] += 1 }
    outlook?.left = hosts.map { LeftHost(host: $0.host, guests: counts[$0.host] ?? 0, reason: $0.reason) }
    guard request.rolling == nil else { return }
    let gone = Set(hosts.map(\.host))
    for index in waves.indices { waves[index].hosts.removeAll { gone.contains($0) } }
    waves.removeAll { $0.hosts.isEmpty }
  }
}
