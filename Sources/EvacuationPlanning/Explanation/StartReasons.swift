import EvacuationModel
import Quantities

/// Why a migration does not start earlier: what was under way until its start and held it back.
struct StartReasons: Sendable {
  /// Times are rounded to milliseconds in files.
  private static let moment = 2e-3

  let plan: EvacuationPlan
  let limits: ConcurrencyLimits

  /// A sentence a reason; one at least.
  func why(_ step: PlannedMigration) -> [String] {
    let start = step.start.seconds
    guard start > Self.moment else { return ["starts with the plan"] }
    let before = plan.steps.filter { $0.start.seconds < start - Self.moment && $0.id != step.id }
    let ending = before.filter { abs($0.end.seconds - start) <= Self.moment }
    if limits.batching == .barrier, let last = ending.last {
      return ["batch \(step.batch) begins when the one before has ended, \(last.vm) (\(last.id)) last"]
    }
    let underWay = before.filter { $0.end.seconds >= start - Self.moment }
    let reasons = needs(step, among: before) + slots(step, underWay: underWay, ending: ending)
    guard reasons.isEmpty else { return reasons }
    guard let freed = ending.first(where: { shares($0, with: step) }) ?? ending.first else {
      return ["could start earlier; nothing is gained by it"]
    }
    return [
      "waits for \(freed.vm) (\(freed.id)): beside it there is not enough of the path, or more at once would be slower"
    ]
  }

  /// Steps that make room or move the same guest.
  private func needs(_ step: PlannedMigration, among before: [PlannedMigration]) -> [String] {
    let needed = Set(step.dependsOn)
    return before.filter { needed.contains($0.id) }.compactMap { other in
      if other.vm == step.vm { return "its first move, \(other.id), has to end before" }
      if other.source == step.destination {
        return "\(other.vm) (\(other.id)) has to leave \(step.destination) before: it makes room"
      }
      return nil
    }
  }

  private func slots(
    _ step: PlannedMigration, underWay: [PlannedMigration], ending: [PlannedMigration]
  ) -> [String] {
    let isCold = step.mode == .cold
    let outbound = isCold ? limits.coldOutboundPerHost : limits.liveOutboundPerHost
    let kind = isCold ? "cold migration" : "live or block migration"
    var reasons: [String] = []
    func full(_ limit: Limit, _ isCounted: (PlannedMigration) -> Bool, _ text: (Int) -> String) {
      guard case .atMost(let most) = limit, underWay.count(where: isCounted) >= most,
        let freed = ending.first(where: isCounted)
      else { return }
      reasons.append("\(text(most)): \(freed.vm) (\(freed.id)) had to end first")
    }
    full(outbound, { $0.source == step.source && ($0.mode == .cold) == isCold }) { most in
      "\(step.source) sends \(Self.atOnce(most, kind))"
    }
    full(limits.inboundPerHost, { $0.destination == step.destination }) { most in
      "\(step.destination) takes \(Self.atOnce(most, "arrival"))"
    }
    full(limits.perCluster, { _ in true }) { most in "the cluster runs \(Self.atOnce(most, "migration"))" }
    return reasons
  }

  private func shares(_ other: PlannedMigration, with step: PlannedMigration) -> Bool {
    other.source == step.source || other.destination == step.destination
  }

  private static func atOnce(_ count: Int, _ noun: String) -> String {
    count == 1 ? "one \(noun) at a time" : "\(count) \(noun)s at once"
  }
}
