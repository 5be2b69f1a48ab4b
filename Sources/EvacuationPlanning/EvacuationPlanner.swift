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

  /// The plan for `request`: who leaves, how, where to, when, and who cannot. `effort` is how long to look for a
  /// better one.
  ///
  /// The digests only name the inputs in the result.
  public func plan(
    _ request: EvacuationRequest, inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest,
    effort: SearchEffort = SearchEffort()
  ) -> EvacuationPlan {
    let cluster = Cluster(inventory, policy: policy, drain: request.drain)
    let paths = MigrationPaths(cluster)
    let candidates = candidates(in: cluster, paths: paths, seed: request.seed)
    let placement = PlacementSearch(cluster, candidates: candidates).outcome(seed: request.seed)
    let maker = MoveMaker(cluster: cluster, candidates: candidates, paths: paths)
    let moves = maker.moves(placement)
    let boundWork = BoundWork(cluster: cluster, candidates: candidates, paths: paths)
    let beforehand = LowerBound(cluster: cluster, work: boundWork.work(moves))
    let outcome = Scheduler(
      moves: moves, paths: paths, limits: policy.concurrency,
      destinations: Destinations(placement, makeMove: maker), bound: { beforehand.bound($0).seconds },
      seed: request.seed, effort: effort
    ).outcome()
    let bound = LowerBound(
      cluster: cluster, work: boundWork.work(outcome.moves, in: outcome.schedule)
    ).bound(policy.concurrency)
    let report = UnplacedReport(
      cluster: cluster, candidates: candidates, state: outcome.placement ?? placement)
    return PlanAssembly(
      cluster: cluster, request: request, moves: outcome.moves, schedule: outcome.schedule, bound: bound,
      remarks: outcome.remarks
    ).plan(
      inventory: inventoryDigest, policy: policyDigest,
      unplaced: report.entries(besides: Set(outcome.schedule.moves.map { outcome.moves[$0.move].vm })))
  }

  private func candidates(in cluster: Cluster, paths: MigrationPaths, seed: UInt64) -> [Int: CandidateHosts] {
    let chooser = ModeChooser(
      MigrationForecaster(policy: policy, inventory: inventory), seed: seed)
    var search = CandidateSearch(cluster, paths: paths, chooser: chooser)
    var candidates: [Int: CandidateHosts] = [:]
    for vm in cluster.leaving { candidates[vm] = search.candidates(for: vm) }
    return candidates
  }
}
