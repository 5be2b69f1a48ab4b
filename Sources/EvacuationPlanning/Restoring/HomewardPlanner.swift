import EvacuationModel
import MigrationSimulation
import Quantities

/// Brings guests back to where they were: there is no choice of destination, only of order.
///
/// Guests go home in the order asked for, each as soon as its home has room; who has to go with others waits for them. Where
/// homes are exchanged and the policy lets guests be moved to make room, one of them waits on a third host.
struct HomewardPlanner: Sendable {
  private let restore: RestoreRequest
  private let cluster: Cluster
  private let paths: MigrationPaths
  private let chooser: ModeChooser
  private var ways: GuestWays

  init(_ inventory: Inventory, policy: Policy, restore: RestoreRequest, seed: UInt64) {
    self.restore = restore
    cluster = Cluster(inventory, policy: policy, drain: [], homes: restore.homes)
    paths = MigrationPaths(cluster)
    chooser = ModeChooser(MigrationForecaster(policy: policy, inventory: inventory), seed: seed)
    ways = GuestWays(cluster.askingAboutAll(), paths: paths, chooser: chooser)
  }

  /// The plan; `known` is the order that somebody counts on already.
  mutating func plan(
    _ request: EvacuationRequest, keeping known: [KnownMove], inventory: InputDigest, policy: InputDigest,
    blackouts: PlannedBlackouts, effort: SearchEffort
  ) -> EvacuationPlan {
    let known = KnownMoves(known, in: cluster)
    let start = SequenceState(ways.cluster)
    let state = settled(start, first: known.steps.map(\.vm))
    let moves = moves(of: state, from: start).map(blackouts.closing)
    var candidateSearch = CandidateSearch(cluster, paths: paths, chooser: chooser)
    var candidates: [Int: CandidateHosts] = [:]
    for vm in Set(moves.map(\.vm)).sorted() { candidates[vm] = candidateSearch.candidates(for: vm) }
    let boundWork = BoundWork(cluster: cluster, candidates: candidates, paths: paths)
    let limits = cluster.policy.concurrency
    let outcome = Scheduler(
      moves: moves, paths: paths, limits: limits, name: { [cluster] in cluster.vm($0).id.name },
      seed: request.seed, order: known.order(of: moves), effort: effort
    ).outcome()
    let bound = LowerBound(
      cluster: cluster, work: boundWork.work(outcome.moves, in: outcome.schedule)
    ).bound(limits)
    let home = Set(
      outcome.schedule.moves.map { outcome.moves[$0.move] }
        .filter { cluster.goals[$0.vm] == $0.destination }.map(\.vm))
    let unplaced = cluster.leaving.filter { !home.contains($0) }.map { stays($0, in: state) }
    return PlanAssembly(
      cluster: cluster, concurrency: limits, request: request, moves: outcome.moves,
      schedule: outcome.schedule, bound: bound,
      remarks: outcome.remarks
    ).plan(inventory: inventory, policy: policy, unplaced: unplaced)
  }

  // MARK: Order

  /// Everybody at home who can be, `first` before the others.
  private mutating func settled(_ start: SequenceState, first: [Int]) -> SequenceState {
    var state = start
    let all = Set(cluster.leaving)
    var seen: Set<Int> = []
    var waiting: [[Int]] = []
    for vm in first.filter(all.contains) + cluster.leaving where !seen.contains(vm) {
      let bundle = cluster.groups.bundle(of: vm, among: all)
      seen.formUnion(bundle)
      waiting.append(bundle)
    }
    while !waiting.isEmpty {
      let before = waiting.count
      waiting.removeAll { goHome($0, in: &state) }
      if waiting.count == before, !park(&waiting, in: &state) { break }
    }
    return state
  }

  /// Takes a whole bundle home, or changes nothing.
  private mutating func goHome(_ bundle: [Int], in state: inout SequenceState) -> Bool {
    let mark = state.steps.count
    for vm in bundle {
      guard let home = cluster.goals[vm] else { continue }
      guard refusal(of: vm, on: home, in: state) == nil else {
        state.takeBack(to: mark)
        return false
      }
      state.move(vm, to: home)
    }
    return true
  }

  /// Lets one guest whose room somebody waits for wait elsewhere, if somebody gets home by that.
  private mutating func park(_ waiting: inout [[Int]], in state: inout SequenceState) -> Bool {
    guard cluster.policy.moveOthers else { return false }
    let mark = state.steps.count
    for bundle in waiting where bundle.count == 1 {
      let vm = bundle[0]
      for host in ways.hosts(for: vm) where refusal(of: vm, on: host, in: state) == nil {
        state.move(vm, to: host)
        if let other = waiting.firstIndex(where: { $0 != bundle && goHome($0, in: &state) }) {
          waiting.remove(at: other)
          return true
        }
        state.takeBack(to: mark)
      }
    }
    return false
  }

  private mutating func refusal(
    of vm: Int, on host: Int, in state: SequenceState
  ) -> PlacementRefusal? {
    guard state.hostOf[vm] != host else { return .beingDrained }
    if let refusal = PlacementRules.standing(vm, on: host, in: state.cluster) { return refusal }
    if let refusal = PlacementRules.present(vm, on: host, in: state) { return refusal }
    guard ways.decision(vm, from: state.hostOf[vm], to: host) == nil else { return nil }
    return .tooSlow(
      carries: paths.capacity(from: state.hostOf[vm], to: host), needs: nil)
  }

  /// The moves with what each waits for; who waits elsewhere for nobody stays where it is.
  private mutating func moves(of state: SequenceState, from start: SequenceState) -> [Move] {
    var steps = state.steps
    while true {
      let moves = steps.compactMap { ways.move($0) }
      guard moves.count == steps.count else { return [] }
      let after = Precedence(steps, seconds: moves.map(\.seconds), from: start).after
      let needed = Set(after.joined())
      let kept = steps.indices.filter {
        needed.contains($0) || cluster.goals[steps[$0].vm] == steps[$0].destination
      }
      guard kept.count < steps.count else {
        return RoomReasons(cluster: cluster).explained(zip(moves, after).map { $0.following($1) })
      }
      steps = kept.map { steps[$0] }
    }
  }

  // MARK: Who stays

  private mutating func stays(_ vm: Int, in state: SequenceState) -> UnplacedVirtualMachine {
    let guest = cluster.vm(vm)
    guard let goal = cluster.goals[vm] else {
      return UnplacedVirtualMachine(guest, message: "")
    }
    let home = cluster.host(goal).id
    var reason = "those that have to go with it cannot"
    var refusals: [HostRefusal] = []
    if let refusal = refusal(of: vm, on: goal, in: state) {
      refusals = [HostRefusal(host: home, reason: refusal)]
      reason = "\(home) \(refusal.message)"
    }
    return UnplacedVirtualMachine(
      guest, refusals: refusals,
      message: "\(guest.id) cannot go home to \(home): \(reason)")
  }
}
