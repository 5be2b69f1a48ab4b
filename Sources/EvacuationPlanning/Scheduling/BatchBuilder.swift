import EvacuationModel
import MigrationSimulation
import Quantities

/// Turns settled moves into a timetable under the policy's limits, in a given order of preference.
///
/// `barrier`: a batch takes, in that order, whatever fits beside what it already has; the next begins when all of
/// it has ended. `rolling`: at each end, whatever fits now is started. A guest that would not converge on the
/// share it would get waits until it does.
struct BatchBuilder: Sendable {
  let moves: [Move]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits

  /// When each move starts and ends. Who can never start is not in it.
  func timetable(order: [Int], needs: inout ShareNeeds) -> Timetable {
    var entries: [Timetable.Entry] = []
    run(order, needs: &needs) { entry, _ in entries.append(entry) }
    return Timetable(entries, order: order)
  }

  /// The same with the forecast of each at the shares that it has.
  func schedule(order: [Int], needs: inout ShareNeeds) -> Schedule {
    var entries: [Timetable.Entry] = []
    var forecasts: [Int: MigrationForecast] = [:]
    run(order, needs: &needs) { entry, run in
      entries.append(entry)
      forecasts[entry.move] = forecast(of: entry, run())
    }
    return Schedule(
      moves: Timetable(entries, order: order).entries.map { entry in
        ScheduledMove(
          move: entry.move, batch: entry.batch, start: entry.start, end: entry.end, share: entry.share,
          waitedFor: entry.waitedFor, forecast: forecasts[entry.move] ?? moves[entry.move].decision.forecast)
      })
  }

  /// Names the moment at which somebody may start who must not before.
  private static let opening = -1

  private func run(
    _ order: [Int], needs: inout ShareNeeds, ended: (Timetable.Entry, () -> MigrationRun?) -> Void
  ) {
    var waiting = WaitingMoves(order, of: moves)
    var room = Room(moves, paths: paths, limits: limits)
    var simulation = TransferSimulation(sharing: paths.sharing)
    var begun = [(batch: Int, waitedFor: [Int])](repeating: (0, []), count: moves.count)
    var justEnded: [Int] = []
    var batch = 0
    while true {
      if limits.batching == .rolling || simulation.isIdle {
        waiting.passed(simulation.clock)
        let started = room.startAll(&waiting, at: simulation.clock, needs: &needs)
        if !started.isEmpty { batch += 1 }
        for move in started {
          simulation.start(moves[move], as: move)
          begun[move] = (batch, causes(of: move, among: justEnded))
        }
        // With slots refilled at once somebody may start while others are under way, with batches nobody does.
        if let opening = waiting.nextOpening, limits.batching == .rolling || simulation.isIdle {
          simulation.wait(opening - simulation.clock, as: Self.opening)
        }
      }
      let ends = simulation.nextEnd()
      guard !ends.isEmpty else { return }
      let finished = ends.filter { $0.move != Self.opening }
      justEnded = finished.map(\.move)
      for finished in finished {
        room.free(finished.move)
        waiting.ended(finished.move)
        let begin = begun[finished.move]
        ended(
          Timetable.Entry(
            move: finished.move, batch: begin.batch, start: finished.start, end: finished.end,
            share: finished.share, waitedFor: begin.waitedFor)
        ) { simulation.run(of: finished) }
      }
    }
  }

  /// The moves whose end let `move` start: those that it has to follow, and of those that ended just then those of
  /// the same hosts, else all.
  private func causes(of move: Int, among ended: [Int]) -> [Int] {
    let near = ended.filter { other in
      moves[other].source == moves[move].source || moves[other].destination == moves[move].destination
    }
    let causes = near.isEmpty ? ended : near
    let before = moves[move].after
    return before.isEmpty ? causes : before + causes.filter { !before.contains($0) }
  }

  /// The forecast at the shares it really had; the band is that of the move alone, in proportion.
  func forecast(of entry: Timetable.Entry, _ run: MigrationRun?) -> MigrationForecast {
    let move = moves[entry.move]
    let alone = move.decision.forecast
    var forecast = (run ?? undisturbed(move, share: entry.share))
      .forecast(bandwidth: DataRate(bytesPerSecond: entry.share))
    forecast.rounds = []
    forecast.remedies = alone.remedies
    let duration = Duration(clampingSeconds: entry.end - entry.start)
    let stretch = alone.duration.map { $0 > .zero ? duration / $0 : 1 } ?? 1
    forecast.duration = duration
    forecast.durationP10 = alone.durationP10.map { $0 * stretch }
    forecast.durationP50 = alone.durationP50.map { $0 * stretch }
    forecast.durationP90 = alone.durationP90.map { $0 * stretch }
    forecast.downtimeP10 = min(forecast.downtime, alone.downtimeP10)
    forecast.downtimeP50 = alone.downtimeP50
    forecast.probabilityOfNotConverging = alone.probabilityOfNotConverging
    forecast.downtimeP90 = max(forecast.downtime, alone.downtimeP90)
    return forecast
  }

  /// Where the duration is prescribed, nothing happened but that.
  private func undisturbed(_ move: Move, share: Double) -> MigrationRun {
    var run = MigrationRun(move.decision.demand, pathCapacity: move.capacity)
    run.advance(until: .infinity, rate: share)
    return run
  }
}

/// What is left for further migrations: slots and bandwidth, and who has already ended.
private struct Room: ~Copyable {
  private let moves: [Move]
  private var slots: SlotCount
  private var contention: PathContention
  private var hasEnded: [Bool]

  init(_ moves: [Move], paths: MigrationPaths, limits: ConcurrencyLimits) {
    self.moves = moves
    slots = SlotCount(limits, moves: moves)
    contention = PathContention(moves, paths: paths)
    hasEnded = [Bool](repeating: false, count: moves.count)
  }

  /// Takes what there is room for, and says who that is.
  mutating func startAll(
    _ waiting: inout WaitingMoves, at time: Double, needs: inout ShareNeeds
  ) -> [Int] {
    var started: [Int] = []
    waiting.startAll { move in
      if !moves[move].closed.isEmpty {
        let opening = moves[move].opening(after: time)
        // Less is rounding: the moment was waited for.
        if opening > time + 1e-6 { return .time(opening) }
      }
      if let obstacle = slots.obstacle(for: moves[move]) { return obstacle }
      if let other = moves[move].after.first(where: { !hasEnded[$0] }) { return .precedence(other) }
      if let obstacle = contention.obstacle(for: move, needs: &needs) { return obstacle }
      slots.add(moves[move])
      contention.add(move, needs: needs)
      started.append(move)
      return nil
    }
    return started
  }

  mutating func free(_ move: Int) {
    slots.remove(moves[move])
    contention.remove(move)
    hasEnded[move] = true
  }
}
