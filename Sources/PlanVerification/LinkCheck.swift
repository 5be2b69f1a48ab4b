import EvacuationModel
import Quantities

/// The guaranteed shares of all transfers fit every NIC and link, each way, at every moment.
enum LinkCheck {
  static func findings(in plan: ResolvedPlan, _ replay: TimelineReplay) -> [Finding] {
    var loads = Loads(plan)
    for event in replay.events {
      let step = plan.steps[event.step]
      guard step.step.bandwidth.bytesPerSecond.isFinite, step.step.bandwidth > .zero else { continue }
      switch event.kind {
      case .transferStart: loads.begin(step)
      case .transferEnd: loads.end(step)
      case .start, .end: break
      }
    }
    return loads.findings
  }
}

private struct Loads {
  /// One direction of a NIC or link.
  private enum Segment: Hashable {
    case nicOut(Int)
    case nicIn(Int)
    case linkOut(Int)
    case linkIn(Int)
  }

  private let plan: ResolvedPlan
  private var loads: [Segment: Double] = [:]
  private var blamed: Set<Segment> = []
  private(set) var findings: [Finding] = []

  init(_ plan: ResolvedPlan) {
    self.plan = plan
  }

  mutating func begin(_ step: ResolvedStep) {
    for segment in segments(of: step) {
      let load = loads[segment, default: 0] + step.step.bandwidth.bytesPerSecond
      loads[segment] = load
      let usable = (capacity(segment) * plan.policy.network.usableShare).bytesPerSecond
      guard load > usable * (1 + Tolerance.bandwidth), blamed.insert(segment).inserted else { continue }
      findings.append(
        Finding.inPlan(
          .linkExceeded, at: step.place,
          "at \(Duration(clampingSeconds: step.transferStart).text) \(text(segment)) carries "
            + "\(DataRate(bytesPerSecond: load)), \(DataRate(bytesPerSecond: usable)) permitted",
          help: "start it later, or give it less bandwidth"))
    }
  }

  mutating func end(_ step: ResolvedStep) {
    for segment in segments(of: step) { loads[segment, default: 0] -= step.step.bandwidth.bytesPerSecond }
  }

  private func segments(of step: ResolvedStep) -> [Segment] {
    let path = MigrationPath(of: step, in: plan)
    return [.nicOut(step.source), .nicIn(step.destination)] + path.outward.map { .linkOut($0) }
      + path.inward.map { .linkIn($0) }
  }

  private func capacity(_ segment: Segment) -> DataRate {
    switch segment {
    case .nicOut(let host), .nicIn(let host): plan.host(host).migrationBandwidth
    case .linkOut(let link), .linkIn(let link): plan.inventory.links[link].bandwidth
    }
  }

  private func text(_ segment: Segment) -> String {
    switch segment {
    case .nicOut(let host): "the NIC of \(plan.hostName(host)), outwards,"
    case .nicIn(let host): "the NIC of \(plan.hostName(host)), inwards,"
    case .linkOut(let link): "\(plan.inventory.links[link].id), outwards,"
    case .linkIn(let link): "\(plan.inventory.links[link].id), inwards,"
    }
  }
}
