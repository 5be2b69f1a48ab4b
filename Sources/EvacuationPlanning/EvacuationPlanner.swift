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
    if let pattern = request.rolling {
      return RollingPlanner(inventory: inventory, policy: policy).plan(
        request, pattern: pattern, inventory: inventoryDigest, policy: policyDigest)
    }
    let cluster = Cluster(inventory, policy: policy, drain: request.drain)
    let paths = MigrationPaths(cluster)
    let candidates = candidates(in: cluster, paths: paths, seed: request.seed)
    let search = PlacementSearch(cluster, candidates: candidates)
    let placement = search.outcome()
    let room = roomByMovingOthers(search, placement: placement, candidates: candidates, seed: request.seed)
    let moves = room?.moves ?? moves(candidates, placement: placement, paths: paths)
    let (schedule, remark) = Scheduler(moves: moves, paths: paths, limits: policy.concurrency).schedule()
    let bound = LowerBound(
      cluster: cluster, work: work(candidates, moves: moves, schedule: schedule)
    ).bound()
    let report = UnplacedReport(
      cluster: cluster, candidates: candidates, state: room?.state ?? placement,
      placed: Set(moves.map(\.vm)))
    return PlanAssembly(
      cluster: cluster, request: request, moves: moves, schedule: schedule, bound: bound, remark: remark
    ).plan(
      inventory: inventoryDigest, policy: policyDigest,
      unplaced: report.entries(besides: Set(schedule.moves.map { moves[$0.move].vm })))
  }

  /// Moves of all who leave and of others for them; `nil` where the policy does not permit it or it lets nobody
  /// leave who could not anyway.
  private func roomByMovingOthers(
    _ search: PlacementSearch, placement: PlacementState, candidates: [Int: CandidateHosts], seed: UInt64
  ) -> RoomSearch.Outcome? {
    guard policy.moveOthers else { return nil }
    let movable = search.bundles.filter { bundle in
      bundle.allSatisfy { !(candidates[$0]?.candidates.isEmpty ?? true) }
    }
    guard movable.joined().contains(where: { placement.destinations[$0] == nil }) else { return nil }
    let chooser = ModeChooser(MigrationForecaster(policy: policy, inventory: inventory), seed: seed)
    var room = RoomSearch(
      placement.cluster, bundles: movable, paths: MigrationPaths(placement.cluster), chooser: chooser,
      seed: seed)
    return room.outcome().flatMap { $0.leaving > placement.destinations.count ? $0 : nil }
  }

  private func candidates(in cluster: Cluster, paths: MigrationPaths, seed: UInt64) -> [Int: CandidateHosts] {
    let chooser = ModeChooser(
      MigrationForecaster(policy: policy, inventory: inventory), seed: seed)
    var search = CandidateSearch(cluster, paths: paths, chooser: chooser)
    var candidates: [Int: CandidateHosts] = [:]
    for vm in cluster.leaving { candidates[vm] = search.candidates(for: vm) }
    return candidates
  }

  private func moves(
    _ candidates: [Int: CandidateHosts], placement: PlacementState, paths: MigrationPaths
  ) -> [Move] {
    let cluster = placement.cluster
    return cluster.leaving.compactMap { vm in
      guard let destination = placement.destinations[vm], let way = candidates[vm]?.way(to: destination)
      else { return nil }
      let settings = cluster.settings(of: vm)
      return Move(
        vm: vm, source: cluster.homes[vm], destination: destination, decision: way.decision,
        priority: settings.priority, maxDowntime: settings.maxDowntime,
        segments: paths.segments(from: cluster.homes[vm], to: destination),
        capacity: way.capacity.bytesPerSecond)
    }
  }

  /// What the lower bound may take for granted of each move, whatever its destination.
  private func work(
    _ candidates: [Int: CandidateHosts], moves: [Move], schedule: Schedule
  ) -> [LowerBound.Work] {
    schedule.moves.compactMap { scheduled in
      let move = moves[scheduled.move]
      // Another plan might do without the moves that make room.
      guard let own = candidates[move.vm], own.way(to: move.destination) != nil,
        inventory.hosts[move.source].id == inventory.virtualMachines[move.vm].host
      else { return nil }
      return LowerBound.Work(
        vm: move.vm, source: move.source, ways: own.ways.map(\.decision),
        scheduledSeconds: scheduled.end - scheduled.start)
    }
  }
}
