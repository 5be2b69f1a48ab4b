import EvacuationModel
import Quantities

/// No more migrations run at once than the policy permits, per source, per destination and in all.
enum LimitCheck {
  static func findings(in plan: ResolvedPlan, _ replay: TimelineReplay) -> [Finding] {
    var counters = Counters(plan)
    for event in replay.events {
      let step = plan.steps[event.step]
      switch event.kind {
      case .start: counters.start(step)
      case .end: counters.end(step)
      case .transferStart, .transferEnd: break
      }
    }
    return counters.findings
  }
}

private struct Counters {
  /// What is counted together.
  private enum Slot: Hashable {
    case running(from: Int)
    case cold(from: Int)
    case into(Int)
    case cluster
  }

  private let plan: ResolvedPlan
  private var counts: [Slot: Int] = [:]
  private var blamed: Set<Slot> = []
  private(set) var findings: [Finding] = []

  init(_ plan: ResolvedPlan) {
    self.plan = plan
  }

  mutating func start(_ step: ResolvedStep) {
    for slot in slots(of: step) {
      counts[slot, default: 0] += 1
      let limit = limit(slot)
      guard let count = counts[slot], !limit.allows(count), blamed.insert(slot).inserted else { continue }
      findings.append(
        Finding.inPlan(
          .limitExceeded, at: step.place,
          "at \(Duration(clampingSeconds: step.start).text) \(count) \(text(slot)) run at once, "
            + "\(limit) permitted",
          help: "start it when one of them has ended, or raise the limit in the policy"))
    }
  }

  mutating func end(_ step: ResolvedStep) {
    for slot in slots(of: step) { counts[slot, default: 0] -= 1 }
  }

  private func slots(of step: ResolvedStep) -> [Slot] {
    let outbound = step.step.mode == .cold ? Slot.cold(from: step.source) : .running(from: step.source)
    return [outbound, .into(step.destination), .cluster]
  }

  private func limit(_ slot: Slot) -> Limit {
    let limits = plan.policy.concurrency
    return switch slot {
    case .running: limits.liveOutboundPerHost
    case .cold: limits.coldOutboundPerHost
    case .into: limits.inboundPerHost
    case .cluster: limits.perCluster
    }
  }

  private func text(_ slot: Slot) -> String {
    switch slot {
    case .running(let host): "live and block migrations from \(plan.hostName(host))"
    case .cold(let host): "cold migrations from \(plan.hostName(host))"
    case .into(let host): "migrations into \(plan.hostName(host))"
    case .cluster: "migrations in the cluster"
    }
  }
}
