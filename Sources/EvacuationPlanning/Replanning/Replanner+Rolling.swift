public import EvacuationModel
import Quantities

extension Replanner {
  /// Why a rolling maintenance cannot be planned anew at this moment.
  public enum Obstacle: Error, Hashable, Sendable {
    /// Nobody knows yet where these guests end up.
    case underWay([PlannedMigration.ID])
    /// As many hosts are out as the policy permits, so that no other can be closed.
    case tooManyOut([RollingProgress.Absence])
  }

  /// The plan for the hosts of a rolling maintenance that are still to come, from the present state. Hosts that are back take
  /// guests; those that are out take none and count among those that may be out at once.
  ///
  /// Nothing is kept of the order: which host comes next depends on who has room, and that has changed.
  ///
  /// - Parameters:
  ///   - progress: of this plan, and of those that it replaces, the oldest first.
  ///   - digest: the SHA-256 of the plan that is replaced.
  ///   - window: what is left of the window.
  ///   - name: how the present inventory is called in the plan.
  public func replannedRolling(
    _ progress: [RollingProgress], replacing digest: String, window: MaintenanceWindow,
    policy policyDigest: InputDigest, effort: SearchEffort = SearchEffort(),
    naming name: (Inventory) -> InputDigest
  ) throws(Obstacle) -> Outcome {
    var present = PresentState(of: plan, inventory: inventory, after: outcomes)
    guard present.underWay.isEmpty else { throw .underWay(present.underWay.map(\.step.id)) }
    let done = Set(progress.flatMap(\.back))
    let out = progress.flatMap(\.out).filter { !done.contains($0.host) }
    present.closing(out.map(\.host), opening: done.subtracting(present.silentHosts))
    let gone = done.union(out.map(\.host))
    let left = plan.request.rolling.map { pattern in
      inventory.hosts.filter { pattern.matches($0) && !gone.contains($0.id) }.map(\.id)
    }
    var limits = policy
    if case .atMost(let most) = policy.maintenance.maxHostsOut.limit(of: left?.count ?? 0), !out.isEmpty {
      guard most > out.count else { throw .tooManyOut(out) }
      limits.maintenance.maxHostsOut = .atMost(most - out.count)
    }
    var request = plan.request
    request.replaces = digest
    request.window = window
    request.rolling = HostPattern((left ?? []).map(\.name).joined(separator: ","))
    var new = planned(request, present, limits, policyDigest, effort, name(present.inventory))
    if !out.isEmpty {
      let names = out.map { absence in
        absence.host.name + (absence.until.readable.map { " until \($0)" } ?? "")
      }
      new.remarks.append("out, so nobody is sent there: \(names.joined(separator: ", "))")
    }
    return Outcome(plan: new, present: present, started: [])
  }
}
