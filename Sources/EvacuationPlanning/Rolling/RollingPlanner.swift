import EvacuationModel
import MigrationSimulation
import Quantities

/// Plans the maintenance of many hosts, each emptied once and back empty, as arrivals for the next.
///
/// Complete comes first, then few moves, then little time: several ways of getting going are played through, and of
/// those that keep to a tenth more moves than the least possible the fastest counts.
struct RollingPlanner: Sendable {
  /// Moves beyond the least possible that are spent on time.
  static let extraShare = 0.1
  /// Guests that may move twice.
  static let twiceMovedShare = 0.12

  let inventory: Inventory
  let policy: Policy

  func plan(
    _ request: EvacuationRequest, pattern: HostPattern, inventory inventoryDigest: InputDigest,
    policy policyDigest: InputDigest, postponed: [Postponement] = [], effort: SearchEffort
  ) -> EvacuationPlan {
    let matching = inventory.hosts.indices.filter { pattern.matches(inventory.hosts[$0]) }
    let later = Set(postponed.flatMap(\.hosts))
    let hosts = matching.filter { !later.contains(inventory.hosts[$0].id) }
    let cluster = Cluster(
      inventory, policy: policy, drain: hosts.map { inventory.hosts[$0].id }, drainedHostsReturn: true)
    let paths = MigrationPaths(cluster)
    let chooser = ModeChooser(
      MigrationForecaster(policy: policy, inventory: inventory), seed: request.seed)
    var world = RollingWorld(cluster, matching: hosts, paths: paths, chooser: chooser)
    let run = RollingSearch(world, seed: request.seed).best(in: &world, effort: effort)
    let schedule = schedule(run, paths: paths)
    let left = hosts.filter { run.absences[$0] == nil }
    let bound = RollingBound(world: world, hosts: run.absences.keys.sorted())
    let outcome = RollingOutcome(
      run, left: left, cluster: cluster, bound: bound.moves(), remarks: remarks(left, run, cluster))
    let report = RollingReport(world: world, run: run, left: left)
    var plan = PlanAssembly(
      cluster: cluster, concurrency: policy.concurrency, request: request, moves: run.moves,
      schedule: schedule,
      bound: bound.time(work(run, schedule, world)), remarks: [], rolling: outcome
    ).plan(inventory: inventoryDigest, policy: policyDigest, unplaced: report.entries())
    if matching.count > hosts.count {
      plan.postpone(PostponedGuests(postponed, cluster: cluster, residents: run.state.residents))
    }
    return plan
  }

  /// The same entries with the forecast of each at the shares that it has, and batches numbered without gaps.
  private func schedule(_ run: RollingRun, paths: MigrationPaths) -> Schedule {
    let builder = BatchBuilder(moves: run.moves, paths: paths, limits: policy.concurrency)
    let entries = Timetable(run.entries, order: Array(run.moves.indices)).entries
    var batch = 0
    var last = -1
    return Schedule(
      moves: entries.map { entry in
        if entry.batch != last {
          batch += 1
          last = entry.batch
        }
        return ScheduledMove(
          move: entry.move, batch: batch, start: entry.start, end: entry.end, share: entry.share,
          waitedFor: entry.waitedFor, forecast: builder.forecast(of: entry, run.runs[entry.move]))
      })
  }

  /// The first departure of everybody from a maintained host, with the least that it takes.
  private func work(_ run: RollingRun, _ schedule: Schedule, _ world: RollingWorld) -> [LowerBound.Work] {
    var seen: Set<Int> = []
    return schedule.moves.compactMap { scheduled in
      let move = run.moves[scheduled.move]
      guard run.absences[move.source] != nil, move.source == world.cluster.homes[move.vm],
        seen.insert(move.vm).inserted
      else { return nil }
      return LowerBound.Work(
        move, candidates: world.candidatesFromHome(of: move.vm), links: [],
        scheduledSeconds: scheduled.end - scheduled.start)
    }
  }

  private func remarks(_ left: [Int], _ run: RollingRun, _ cluster: Cluster) -> [String] {
    guard !left.isEmpty else { return [] }
    let names = left.prefix(5).map { cluster.host($0).id.name }.joined(separator: ", ")
    return ["not maintained: \(names)\(left.count > 5 ? " and \(left.count - 5) more" : "")"]
  }
}
