import EvacuationModel
import MigrationSimulation
import Quantities

/// How much later or earlier a plan would end with one destination changed and all else in the same order.
///
/// Only for plans in which nobody makes room for anybody: there a destination can be changed by itself.
struct MakespanChange: Sendable {
  private let cluster: Cluster
  private let paths: MigrationPaths
  private let chooser: ModeChooser
  private let limits: ConcurrencyLimits
  private let moves: [Move]
  private let makespan: Double

  /// `nil` where a destination cannot be changed by itself.
  init?(plan: EvacuationPlan, inventory: Inventory, policy: Policy) {
    let drained = Set(plan.request.drain)
    guard !drained.isEmpty, plan.steps.allSatisfy({ drained.contains($0.source) }) else { return nil }
    cluster = Cluster(inventory, policy: policy, drain: plan.request.drain)
    paths = MigrationPaths(cluster)
    chooser = ModeChooser(MigrationForecaster(policy: policy, inventory: inventory), seed: plan.request.seed)
    let vms = firstNumbers(inventory.virtualMachines.map(\.id))
    let hosts = firstNumbers(inventory.hosts.map(\.id))
    var moves: [Move] = []
    for step in plan.steps {
      guard let vm = vms[step.vm], let destination = hosts[step.destination],
        let move = Self.move(vm, to: destination, cluster, paths, chooser)
      else { return nil }
      moves.append(move)
    }
    self.moves = moves
    // What the planner found best may be less than the policy permits.
    var limits = policy.concurrency
    limits.liveOutboundPerHost = .atMost(max(1, Self.mostAtOnce(plan.steps)))
    self.limits = limits
    var needs = ShareNeeds(moves)
    makespan =
      BatchBuilder(moves: moves, paths: paths, limits: limits)
      .timetable(order: Array(moves.indices), needs: &needs).makespan
  }

  /// With `vm` sent to `destination`; `nil` if it cannot go there.
  func with(_ vm: VirtualMachine.ID, on destination: Host.ID) -> Duration? {
    guard let index = moves.firstIndex(where: { cluster.vm($0.vm).id == vm }),
      let host = cluster.inventory.hosts.firstIndex(where: { $0.id == destination }),
      let move = Self.move(moves[index].vm, to: host, cluster, paths, chooser)
    else { return nil }
    var changed = moves
    changed[index] = move
    var needs = ShareNeeds(changed)
    let other = BatchBuilder(moves: changed, paths: paths, limits: limits)
      .timetable(order: Array(changed.indices), needs: &needs).makespan
    return Duration(clampingSeconds: other - makespan)
  }

  private static func move(
    _ vm: Int, to destination: Int, _ cluster: Cluster, _ paths: MigrationPaths, _ chooser: ModeChooser
  ) -> Move? {
    let home = cluster.homes[vm]
    guard home >= 0 else { return nil }
    let settings = cluster.settings(of: vm)
    let capacity = paths.capacity(from: home, to: destination)
    guard let decision = try? chooser.choose(cluster.vm(vm), settings: settings, capacity: capacity) else {
      return nil
    }
    return Move(
      vm: vm, source: home, destination: destination, decision: decision, priority: settings.priority,
      maxDowntime: settings.maxDowntime, segments: paths.segments(from: home, to: destination),
      capacity: capacity.bytesPerSecond)
  }

  /// The most live and block migrations that any host sends at one time.
  private static func mostAtOnce(_ steps: [PlannedMigration]) -> Int {
    var most = 0
    for own in Dictionary(grouping: steps.filter { $0.mode != .cold }, by: \.source).values {
      // Steps stand in order of start.
      for (place, step) in own.enumerated() {
        most = max(most, own[...place].count { $0.end.seconds > step.start.seconds + 2e-3 })
      }
    }
    return most
  }
}
