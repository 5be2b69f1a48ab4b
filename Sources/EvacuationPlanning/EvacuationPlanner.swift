public import EvacuationModel
import MigrationSimulation
import Quantities

/// Plans the evacuation of hosts: a pure function of inventory, policy and request.
public struct EvacuationPlanner: Sendable {
  private let inventory: Inventory
  private let policy: Policy

  /// A planner for `inventory` under `policy`.
  public init(inventory: Inventory, policy: Policy) {
    self.inventory = inventory
    self.policy = policy
  }

  /// The plan for `request`: who leaves, how, where to, when, and who cannot.
  ///
  /// The digests only name the inputs in the result.
  public func plan(
    _ request: EvacuationRequest, inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest
  ) -> EvacuationPlan {
    let cluster = Cluster(inventory, policy: policy, drain: request.drain)
    let leaving = cluster.leaving(request.drain)
    let paths = MigrationPaths(cluster)
    let chooser = ModeChooser(MigrationForecaster(policy: policy, inventory: inventory))
    let candidates = candidates(for: leaving, in: cluster, paths: paths, chooser: chooser)
    let placement = PlacementSearch(cluster, leaving: leaving, candidates: candidates).outcome()
    let moves = moves(leaving, candidates: candidates, placement: placement.state, paths: paths)
    let (schedule, remark) = Scheduler(moves: moves, sharing: paths.sharing, limits: policy.concurrency)
      .schedule()
    let report = UnplacedReport(cluster: cluster, candidates: candidates, state: placement.state)
    let bound = LowerBound(cluster: cluster, work: work(candidates, for: moves)).bound()
    return PlanAssembly(
      cluster: cluster, request: request, moves: moves, schedule: schedule, bound: bound, remark: remark
    ).plan(
      inventory: inventoryDigest, policy: policyDigest,
      unplaced: leaving.filter { placement.state.destinations[$0] == nil }.map(report.entry))
  }

  private func candidates(
    for leaving: [Int], in cluster: Cluster, paths: MigrationPaths, chooser: ModeChooser
  ) -> [Int: CandidateHosts] {
    Dictionary(
      leaving.map { ($0, CandidateHosts($0, in: cluster, paths: paths, chooser: chooser)) },
      uniquingKeysWith: { first, _ in first })
  }

  private func moves(
    _ leaving: [Int], candidates: [Int: CandidateHosts], placement: PlacementState, paths: MigrationPaths
  ) -> [Move] {
    leaving.compactMap { vm in
      guard let destination = placement.destinations[vm],
        let choice = candidates[vm]?.candidates.first(where: { $0.host == destination })
      else { return nil }
      let source = placement.cluster.homes[vm]
      let settings = policy.settings(for: placement.cluster.vm(vm))
      return Move(
        vm: vm, source: source, destination: destination, decision: choice.decision,
        priority: settings.priority, segments: paths.segments(from: source, to: destination),
        capacity: choice.capacity.bytesPerSecond,
        leastShare: choice.decision.leastBandwidth(of: choice.capacity, maxDowntime: settings.maxDowntime)
          .bytesPerSecond)
    }
  }

  /// What the lower bound may take for granted of each move, whatever its destination.
  private func work(_ candidates: [Int: CandidateHosts], for moves: [Move]) -> [LowerBound.Work] {
    moves.compactMap { move in
      guard let choices = candidates[move.vm]?.candidates, let first = choices.first else { return nil }
      let decisions = choices.map(\.decision)
      return LowerBound.Work(
        vm: move.vm, source: move.source,
        isCold: decisions.allSatisfy { $0.mode == .cold },
        seconds: decisions.compactMap { $0.forecast.duration?.seconds }.min() ?? 0,
        bytes: first.decision.demand.prescribed == nil
          ? decisions.map { Double($0.demand.firstCopy.bytes) }.min() ?? 0 : 0)
    }
  }
}
