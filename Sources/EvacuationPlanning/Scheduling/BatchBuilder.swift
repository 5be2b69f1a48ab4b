import EvacuationModel
import MigrationSimulation
import Quantities

/// Turns settled moves into a schedule under the policy's limits, in a given order of preference.
///
/// `barrier`: a batch takes, in that order, whatever fits beside what it already has; the next begins when all of
/// it has ended. `rolling`: at each end, whatever fits now is started. A guest that would not converge on the
/// share it would get waits until it does.
struct BatchBuilder: Sendable {
  let moves: [Move]
  let paths: MigrationPaths
  let limits: ConcurrencyLimits

  func schedule(order: [Int], needs: inout ShareNeeds) -> Schedule {
    var waiting = order
    var simulation = TransferSimulation(moves, sharing: paths.sharing)
    var room = Room(slots: SlotCount(limits, moves: moves), contention: PathContention(moves, paths: paths))
    var scheduled: [ScheduledMove] = []
    var begun: [Int: (batch: Int, waitedFor: [Int])] = [:]
    var justEnded: [Int] = []
    var batch = 0
    while true {
      if limits.batching == .rolling || simulation.isIdle {
        let started = startAll(&waiting, in: &simulation, room: &room, needs: &needs)
        if !started.isEmpty { batch += 1 }
        for move in started { begun[move] = (batch, causes(of: move, among: justEnded)) }
      }
      let ended = simulation.nextEnd()
      guard !ended.isEmpty else { break }
      for finished in ended {
        room.slots.remove(moves[finished.move])
        room.contention.remove(finished.move)
        let begin = begun[finished.move] ?? (batch, [])
        scheduled.append(entry(finished, batch: begin.batch, waitedFor: begin.waitedFor))
      }
      justEnded = ended.map(\.move)
    }
    let place = firstNumbers(order)
    return Schedule(
      moves: scheduled.sorted { one, other in
        (one.start, place[one.move] ?? 0) < (other.start, place[other.move] ?? 0)
      })
  }

  /// What is left for further migrations.
  private struct Room {
    var slots: SlotCount
    var contention: PathContention
  }

  private func startAll(
    _ waiting: inout [Int], in simulation: inout TransferSimulation, room: inout Room,
    needs: inout ShareNeeds
  ) -> [Int] {
    var started: [Int] = []
    waiting.removeAll { move in
      guard room.slots.admits(moves[move]), room.contention.leavesEnough(for: move, needs: &needs) else {
        return false
      }
      simulation.start(move)
      room.slots.add(moves[move])
      room.contention.add(move)
      started.append(move)
      return true
    }
    return started
  }

  /// The moves whose end let `move` start: those of the same hosts, else all that ended then.
  private func causes(of move: Int, among ended: [Int]) -> [Int] {
    let near = ended.filter { other in
      moves[other].source == moves[move].source || moves[other].destination == moves[move].destination
    }
    return near.isEmpty ? ended : near
  }

  /// The forecast at the shares it really had; the band is that of the move alone, in proportion.
  private func entry(_ finished: TransferSimulation.Finished, batch: Int, waitedFor: [Int]) -> ScheduledMove {
    let move = moves[finished.move]
    let alone = move.decision.forecast
    var forecast = finished.run.forecast(bandwidth: DataRate(bytesPerSecond: finished.share))
    forecast.rounds = []
    forecast.remedies = alone.remedies
    let duration = Duration(clampingSeconds: finished.end - finished.start)
    let stretch = alone.duration.map { $0 > .zero ? duration / $0 : 1 } ?? 1
    forecast.duration = duration
    forecast.durationP10 = alone.durationP10.map { $0 * stretch }
    forecast.durationP50 = alone.durationP50.map { $0 * stretch }
    forecast.durationP90 = alone.durationP90.map { $0 * stretch }
    forecast.downtimeP10 = min(forecast.downtime, alone.downtimeP10)
    forecast.downtimeP50 = alone.downtimeP50
    forecast.probabilityOfNotConverging = alone.probabilityOfNotConverging
    forecast.downtimeP90 = max(forecast.downtime, alone.downtimeP90)
    return ScheduledMove(
      move: finished.move, batch: batch, start: finished.start, end: finished.end, share: finished.share,
      waitedFor: waitedFor, forecast: forecast)
  }
}
