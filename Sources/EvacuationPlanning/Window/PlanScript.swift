import EvacuationModel
import MigrationSimulation
import Quantities

/// A plan as it can be played: its steps as moves over the network, and what each of them waits for.
///
/// Built from the plan alone, as a plan that was read from a file or that somebody else made is played as well.
struct PlanScript: Sendable {
  /// What a step waits for besides its own turn.
  struct Cue: Sendable {
    /// Steps, by number, that wait for its end.
    var followers: [Int] = []
    /// How many steps it waits for.
    var steps = 0
    /// Waves, by index, that have to be back.
    var waves: [Int] = []
    /// The wave, by index, whose hosts it helps to empty.
    var empties: Int?
    /// Seconds before which it must not start, because of a blackout; else none.
    var opens = 0.0
  }

  let moves: [Move]
  let cues: [Cue]
  /// Numbers of the steps of each batch, in the order of the batches; one of all where slots are refilled at once.
  let batches: [[Int]]
  /// Of each wave: how many steps empty it, and for how many seconds it is out afterwards.
  let waves: [(departures: Int, seconds: Double)]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits

  /// `nil` where a step names what the inventory does not have.
  init?(_ plan: EvacuationPlan, inventory: Inventory, policy: Policy) {
    let cluster = Cluster(inventory, policy: policy, drain: [])
    paths = MigrationPaths(cluster)
    limits = plan.concurrency
    guard let moves = Self.moves(plan, cluster, paths) else { return nil }
    self.moves = moves
    cues = Self.cues(plan, policy)
    var departures = [Int](repeating: 0, count: plan.waves.count)
    for wave in cues.compactMap(\.empties) { departures[wave] += 1 }
    let isRolling = plan.request.rolling != nil
    waves = plan.waves.enumerated().map { number, wave in
      (departures[number], isRolling ? (wave.maintenanceEnd - wave.maintenanceStart).seconds : 0)
    }
    guard limits.batching == .barrier else {
      batches = [Array(moves.indices)]
      return
    }
    let byBatch = Dictionary(grouping: plan.steps.indices) { plan.steps[$0].batch }
    batches = byBatch.keys.sorted().map { byBatch[$0] ?? [] }
  }

  private static func moves(_ plan: EvacuationPlan, _ cluster: Cluster, _ paths: MigrationPaths) -> [Move]? {
    let forecaster = MigrationForecaster(policy: cluster.policy, inventory: cluster.inventory)
    let hosts = firstNumbers(cluster.inventory.hosts.map(\.id))
    let guests = firstNumbers(cluster.inventory.virtualMachines.map(\.id))
    var moves: [Move] = []
    moves.reserveCapacity(plan.steps.count)
    for step in plan.steps {
      guard let vm = guests[step.vm], let source = hosts[step.source],
        let destination = hosts[step.destination]
      else { return nil }
      let settings = cluster.settings(of: vm)
      let demand = forecaster.demand(
        for: cluster.vm(vm), mode: step.mode, settings: settings, switchingToPostCopy: step.usesPostCopy)
      let decision = ModeDecision(
        mode: step.mode, usesPostCopy: step.usesPostCopy, demand: demand, forecast: step.forecast,
        reasons: [],
        insteadOf: nil)
      let segments = paths.segments(from: source, to: destination)
      moves.append(
        Move(
          vm: vm, source: source, destination: destination, decision: decision, priority: settings.priority,
          maxDowntime: settings.maxDowntime, segments: segments,
          capacity: paths.sharing.capacity(along: segments)))
    }
    return moves
  }

  private static func cues(_ plan: EvacuationPlan, _ policy: Policy) -> [Cue] {
    let numbers = firstNumbers(plan.steps.map(\.id))
    var cues = [Cue](repeating: Cue(), count: plan.steps.count)
    for (number, step) in plan.steps.enumerated() {
      for other in Set(step.dependsOn.compactMap { numbers[$0] }).sorted() where other != number {
        cues[other].followers.append(number)
        cues[number].steps += 1
      }
    }
    if plan.request.rolling != nil {
      addWaves(to: &cues, plan)
    } else {
      addOpenings(to: &cues, plan, numbers)
    }
    return cues
  }

  /// What starts later than all that it waits for has waited for the end of a blackout.
  private static func addOpenings(
    to cues: inout [Cue], _ plan: EvacuationPlan, _ numbers: [PlannedMigration.ID: Int]
  ) {
    var endOfBatch: [Int: Double] = [:]
    for step in plan.steps { endOfBatch[step.batch] = max(endOfBatch[step.batch] ?? 0, step.end.seconds) }
    var barrier = 0.0
    var barriers: [Int: Double] = [:]
    for batch in endOfBatch.keys.sorted() {
      barriers[batch] = plan.concurrency.batching == .barrier ? barrier : 0
      barrier = max(barrier, endOfBatch[batch] ?? 0)
    }
    for (number, step) in plan.steps.enumerated() {
      let ends = step.dependsOn.compactMap { numbers[$0] }.map { plan.steps[$0].end.seconds }
      let free = ends.reduce(barriers[step.batch] ?? 0, max)
      if step.start.seconds > free + 1 { cues[number].opens = step.start.seconds }
    }
  }

  /// In rolling maintenance a host's return lets guests arrive on it, and lets the next host be closed: whatever
  /// starts on a host that was out, or at the very moment of a return, waits for it.
  private static func addWaves(to cues: inout [Cue], _ plan: EvacuationPlan) {
    var waveOfHost: [Host.ID: Int] = [:]
    for (number, wave) in plan.waves.enumerated() {
      for host in wave.hosts { waveOfHost[host] = number }
    }
    let returns = plan.waves.map(\.maintenanceEnd.seconds)
    for (number, step) in plan.steps.enumerated() {
      let start = step.start.seconds
      if let wave = waveOfHost[step.source], start < returns[wave] - 1e-3 { cues[number].empties = wave }
      let awaited = waveOfHost[step.destination].flatMap { start >= returns[$0] - 1e-3 ? $0 : nil }
      cues[number].waves = returns.indices.filter { $0 == awaited || abs(returns[$0] - start) < 1e-3 }
    }
  }
}
