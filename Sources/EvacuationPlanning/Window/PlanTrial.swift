import EvacuationModel
import MigrationSimulation
import Quantities

/// One play of a script: from event to event, each step with inputs of its own drawing.
///
/// A step starts when all that it waits for has ended and slots are free, in the plan's order. What aborts has ended;
/// what never ends makes the trial endless.
struct PlanTrial {
  /// What came of it.
  struct Result: Sendable {
    /// Seconds to the end of everything; infinite where something never ends.
    let end: Double
    /// Migrations that did not complete.
    let notCompleted: Int
  }

  private let script: PlanScript
  private var simulation: TransferSimulation
  private var slots: SlotCount
  /// How many steps, waves, batches and openings each step still waits for.
  private var pending: [Int]
  private var departures: [Int]
  private var leftInBatch: [Int]
  private var batch = 0
  /// Steps that nothing but a slot keeps from starting, in the plan's order.
  private var ready: [Int] = []
  private var followersOfWave: [[Int]]
  private var ended = 0

  init(_ script: PlanScript, networkFactor: Double) {
    self.script = script
    let capacities = script.paths.capacities
    simulation = TransferSimulation(
      sharing: LinkSharing(
        capacities: networkFactor == 1 ? capacities : capacities.map { $0 * networkFactor }))
    slots = SlotCount(script.limits, hostCount: script.paths.hostCount)
    pending = script.cues.map { $0.steps + $0.waves.count + ($0.opens > 0 ? 1 : 0) }
    departures = script.waves.map(\.departures)
    leftInBatch = script.batches.map(\.count)
    followersOfWave = script.waves.map { _ in [] }
    for (step, cue) in script.cues.enumerated() {
      for wave in cue.waves { followersOfWave[wave].append(step) }
    }
    for later in script.batches.dropFirst() {
      for step in later { pending[step] += 1 }
    }
  }

  /// Plays it; `demand` draws the inputs of a step when it starts.
  mutating func run(_ demand: (Int) -> (MigrationDemand, factor: Double)) -> Result {
    var notCompleted = 0
    for (step, cue) in script.cues.enumerated() {
      if cue.opens > 0 { simulation.wait(cue.opens, as: opening(of: step)) }
      if pending[step] == 0 { ready.append(step) }
    }
    for wave in departures.indices where departures[wave] == 0 { takeOut(wave) }
    while true {
      startReady(demand)
      guard !simulation.isIdle else { break }
      let finished = simulation.nextEnd()
      guard !finished.isEmpty else { break }
      for event in finished {
        guard event.move < script.moves.count else {
          passed(event.move)
          continue
        }
        if let run = simulation.run(of: event), !run.completes { notCompleted += 1 }
        end(event.move)
      }
    }
    let isOver = simulation.isIdle && ended == script.moves.count
    return Result(end: isOver ? simulation.clock : .infinity, notCompleted: notCompleted)
  }

  // Waves and openings are named by numbers beyond the steps'.
  private func opening(of step: Int) -> Int { script.moves.count + step }
  private func number(of wave: Int) -> Int { 2 * script.moves.count + wave }

  private mutating func passed(_ number: Int) {
    guard number >= 2 * script.moves.count else { return release(number - script.moves.count) }
    for step in followersOfWave[number - 2 * script.moves.count] { release(step) }
  }

  private mutating func takeOut(_ wave: Int) {
    guard script.waves[wave].seconds > 0 else { return }
    simulation.wait(script.waves[wave].seconds, as: number(of: wave))
  }

  private mutating func end(_ step: Int) {
    ended += 1
    slots.remove(script.moves[step])
    for follower in script.cues[step].followers { release(follower) }
    if let wave = script.cues[step].empties {
      departures[wave] -= 1
      if departures[wave] == 0 { takeOut(wave) }
    }
    guard script.limits.batching == .barrier else { return }
    leftInBatch[batch] -= 1
    while leftInBatch[batch] == 0, batch + 1 < leftInBatch.count {
      batch += 1
      for later in script.batches[batch] { release(later) }
    }
  }

  private mutating func release(_ step: Int) {
    pending[step] -= 1
    if pending[step] == 0 { ready.append(step) }
  }

  private mutating func startReady(_ demand: (Int) -> (MigrationDemand, factor: Double)) {
    guard !ready.isEmpty else { return }
    ready.sort()
    var blocked: [Int] = []
    for step in ready {
      let move = script.moves[step]
      guard slots.obstacle(for: move) == nil else {
        blocked.append(step)
        continue
      }
      slots.add(move)
      let (drawn, factor) = demand(step)
      simulation.start(drawn, over: move.segments, capacity: move.capacity * factor, as: step)
    }
    ready = blocked
  }
}
