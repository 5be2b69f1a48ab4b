public import EvacuationModel
import MigrationSimulation
import Quantities

/// What a planner has done.
public enum PlanningStage: Hashable, Sendable, CaseIterable {
  /// Who may go where, and how: rules asked, guests forecast, modes chosen.
  case candidates
  /// Destinations chosen.
  case placement
  /// Order and times chosen.
  case schedule
}

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
  /// better one. What is in `postponed` stays for now and is listed with its reason.
  ///
  /// The digests only name the inputs in the result. `observe` is told of each stage at its end: the planner has no
  /// clock, who measures it has.
  ///
  /// - Parameters:
  ///   - known: moves that somebody counts on already, in their order. A drain keeps them and their order where it
  ///     can, and does not look for anything better than that.
  ///   - memo: what plans for like questions have found before; it changes no plan.
  public func plan(
    _ request: EvacuationRequest, keeping known: [KnownMove] = [], inventory inventoryDigest: InputDigest,
    policy policyDigest: InputDigest, postponed: [Postponement] = [], effort: SearchEffort = SearchEffort(),
    memo: PlanningMemo = PlanningMemo(), observe: (PlanningStage) -> Void = { _ in }
  ) -> EvacuationPlan {
    let blackouts = PlannedBlackouts(inventory: inventory, policy: policy, window: request.window)
    var plan =
      if let restore = request.restore {
        homeward(
          request, restore, keeping: known, inventory: inventoryDigest, policy: policyDigest,
          blackouts: blackouts, effort: effort)
      } else if let pattern = request.rolling {
        RollingPlanner(inventory: inventory, policy: policy).plan(
          request, pattern: pattern, inventory: inventoryDigest, policy: policyDigest,
          postponed: postponed + blackouts.hosts(besides: postponed, inventory: inventory), effort: effort)
      } else {
        drain(
          request, keeping: known, inventory: inventoryDigest, policy: policyDigest, postponed: postponed,
          blackouts: blackouts, effort: effort, memo: memo, observe: observe)
      }
    if effort.isInterrupted() {
      plan.remarks.append("interrupted: the best plan so far; a longer search may find a shorter one")
    }
    return plan
  }

  private func homeward(
    _ request: EvacuationRequest, _ restore: RestoreRequest, keeping known: [KnownMove],
    inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest, blackouts: PlannedBlackouts,
    effort: SearchEffort
  ) -> EvacuationPlan {
    var planner = HomewardPlanner(inventory, policy: policy, restore: restore, seed: request.seed)
    return planner.plan(
      request, keeping: known, inventory: inventoryDigest, policy: policyDigest, blackouts: blackouts,
      effort: effort)
  }

  private func drain(
    _ request: EvacuationRequest, keeping known: [KnownMove], inventory inventoryDigest: InputDigest,
    policy policyDigest: InputDigest, postponed: [Postponement], blackouts: PlannedBlackouts,
    effort: SearchEffort, memo: PlanningMemo, observe: (PlanningStage) -> Void
  ) -> EvacuationPlan {
    let question = DrainQuestion(
      request, inventory: inventory, policy: policy, postponed: postponed, known: known)
    var drain =
      question.flatMap(memo.drain)
      ?? prepared(
        request, keeping: known, postponed: postponed, blackouts: blackouts, effort: effort, memo: memo,
        observe: observe)
    let (cluster, beforehand) = (drain.cluster, drain.beforehand)
    let outcome = Scheduler(
      moves: drain.moves, paths: drain.paths, limits: policy.concurrency, name: { cluster.vm($0).id.name },
      destinations: drain.destinations, bound: { beforehand.bound($0).seconds }, seed: request.seed,
      order: drain.kept.order(of: drain.moves), effort: effort, memo: memo.forecasts
    ).outcome(&drain.starts)
    if let question { memo.keep(drain, for: question) }
    observe(.schedule)
    let barred = blackouts.broken(outcome, in: cluster)
    guard barred.isEmpty else {
      return self.drain(
        request, keeping: known, inventory: inventoryDigest, policy: policyDigest,
        postponed: postponed + [barred.postponement], blackouts: blackouts, effort: effort, memo: memo,
        observe: { _ in })
    }
    return assembled(
      drain, outcome, request, inventory: inventoryDigest, policy: policyDigest, memo: memo)
  }

  private func prepared(
    _ request: EvacuationRequest, keeping known: [KnownMove], postponed: [Postponement],
    blackouts: PlannedBlackouts, effort: SearchEffort, memo: PlanningMemo, observe: (PlanningStage) -> Void
  ) -> PreparedDrain {
    let later = PostponedGuests(postponed, inventory: inventory, drain: request.drain)
    let cluster = Cluster(inventory, policy: policy, drain: request.drain, staying: later.staying)
    let paths = MigrationPaths(cluster)
    let chooser = ModeChooser(
      MigrationForecaster(policy: policy, inventory: inventory), seed: request.seed, memo: memo.forecasts)
    var candidateSearch = CandidateSearch(cluster, paths: paths, chooser: chooser)
    var candidates: [Int: CandidateHosts] = [:]
    for vm in cluster.leaving { candidates[vm] = candidateSearch.candidates(for: vm) }
    observe(.candidates)
    let kept = KnownMoves(known, in: cluster)
    let search = PlacementSearch(cluster, candidates: candidates, known: kept.destinations)
    let placement = search.outcome(seed: request.seed)
    let maker = MoveMaker(cluster: cluster, candidates: candidates, paths: paths, blackouts: blackouts)
    let room = roomByMovingOthers(
      search, placement: placement, candidates: candidates, known: kept, chooser: chooser,
      seed: request.seed, effort: effort)
    let moves = room?.moves.map(blackouts.closing) ?? maker.moves(placement)
    observe(.placement)
    let boundWork = BoundWork(cluster: cluster, candidates: candidates, paths: paths)
    return PreparedDrain(
      cluster: cluster, later: later, blackouts: blackouts, paths: paths, candidates: candidates, kept: kept,
      placement: placement, room: room, moves: moves, boundWork: boundWork,
      beforehand: LowerBound(cluster: cluster, work: boundWork.work(moves)))
  }

  private func assembled(
    _ drain: PreparedDrain, _ outcome: Scheduler.Outcome, _ request: EvacuationRequest,
    inventory inventoryDigest: InputDigest, policy policyDigest: InputDigest, memo: PlanningMemo
  ) -> EvacuationPlan {
    let cluster = drain.cluster
    let bound = LowerBound(
      cluster: cluster, work: drain.boundWork.work(outcome.moves, in: outcome.schedule)
    ).bound(policy.concurrency)
    let report = UnplacedReport(
      cluster: cluster, candidates: drain.candidates,
      state: drain.room?.state ?? outcome.placement ?? drain.placement, placed: Set(drain.moves.map(\.vm)))
    var plan = PlanAssembly(
      cluster: cluster, concurrency: policy.concurrency, request: request, moves: outcome.moves,
      schedule: outcome.schedule, bound: bound, remarks: outcome.remarks, memo: memo
    ).plan(
      inventory: inventoryDigest, policy: policyDigest,
      unplaced: report.entries(besides: Set(outcome.schedule.moves.map { outcome.moves[$0.move].vm })))
    plan.explainShortfalls(
      ShortfallSearch(cluster: cluster, candidates: drain.candidates), tries: drain.room?.tries)
    plan.postpone(drain.later)
    return plan
  }

  /// Moves of all who leave and of others for them; `nil` where the policy does not permit it or it lets nobody
  /// leave who could not anyway.
  private func roomByMovingOthers(
    _ search: PlacementSearch, placement: PlacementState, candidates: [Int: CandidateHosts],
    known: KnownMoves, chooser: ModeChooser, seed: UInt64, effort: SearchEffort
  ) -> RoomSearch.Outcome? {
    guard policy.moveOthers else { return nil }
    let movable = search.bundles.filter { bundle in
      bundle.allSatisfy { !(candidates[$0]?.candidates.isEmpty ?? true) }
    }
    guard movable.joined().contains(where: { placement.destinations[$0] == nil }) else { return nil }
    var room = RoomSearch(
      placement.cluster, bundles: movable, paths: MigrationPaths(placement.cluster), chooser: chooser,
      seed: seed)
    if !known.isEmpty, let kept = room.continuing(known), kept.leaving == movable.joined().count {
      return kept
    }
    return room.outcome(effort).flatMap { $0.leaving > placement.destinations.count ? $0 : nil }
  }
}
