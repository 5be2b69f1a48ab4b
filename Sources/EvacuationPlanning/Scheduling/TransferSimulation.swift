import MigrationSimulation
import Quantities

/// Migrations under way, advanced from event to event: whenever one starts, ends or changes phase, all shares are
/// computed anew, and each goes on with its own.
struct TransferSimulation: Sendable {
  /// One migration under way.
  private struct Transfer: Sendable {
    let move: Int
    let start: Double
    var run: MigrationRun
    var share: Double
    var leastShare = Double.infinity
    var phaseEnd = Double.infinity
  }

  /// One that has ended.
  struct Finished: Sendable {
    let move: Int
    let start: Double
    let end: Double
    let share: Double
    let run: MigrationRun
  }

  private let moves: [Move]
  private let sharing: LinkSharing
  private var transfers: [Transfer] = []
  /// Seconds since the plan's start.
  private(set) var clock = 0.0

  init(_ moves: [Move], sharing: LinkSharing) {
    self.moves = moves
    self.sharing = sharing
  }

  var isIdle: Bool { transfers.isEmpty }

  /// Whether every migration under way and `move` as well would have the share it needs, with all of them
  /// transferring at once.
  func leavesEnough(for move: Int) -> Bool {
    let all = transfers.map(\.move) + [move]
    guard all.contains(where: { moves[$0].leastShare > 0 }) else { return true }
    let flows = all.map { index in
      LinkSharing.Flow(
        segments: moves[index].segments,
        cap: moves[index].decision.demand.hasTraffic ? moves[index].decision.demand.cap.bytesPerSecond : 0)
    }
    return zip(all, sharing.shares(flows)).allSatisfy { index, share in
      share >= moves[index].leastShare * (1 - 1e-9)
    }
  }

  mutating func start(_ move: Int) {
    let run = MigrationRun(moves[move].decision.demand, pathCapacity: moves[move].capacity)
    transfers.append(Transfer(move: move, start: clock, run: run, share: 0))
  }

  /// Goes on to the next moment at which at least one migration ends, and returns those that end then, in the
  /// order in which they were started. Empty only when nothing is under way or nothing will ever end.
  mutating func nextEnd() -> [Finished] {
    while !transfers.isEmpty {
      let done = finished()
      guard done.isEmpty else { return done }
      share()
      let next = transfers.map { $0.start + $0.phaseEnd }.min() ?? .infinity
      guard next.isFinite else { return [] }
      clock = max(clock, next)
      for index in transfers.indices {
        let transfer = transfers[index]
        // What ends now ends exactly, whatever rounding the sum of start and phase end has.
        let isDue = transfer.start + transfer.phaseEnd <= clock
        let until = isDue ? max(transfer.phaseEnd, clock - transfer.start) : clock - transfer.start
        transfers[index].run.advance(until: until, rate: transfer.share)
      }
    }
    return []
  }

  private mutating func finished() -> [Finished] {
    let done = transfers.filter { $0.run.phase == .finished }
    transfers.removeAll { $0.run.phase == .finished }
    return done.map { transfer in
      Finished(
        move: transfer.move, start: transfer.start, end: clock,
        share: transfer.leastShare.isFinite ? transfer.leastShare : 0, run: transfer.run)
    }
  }

  private mutating func share() {
    let flows = transfers.map { transfer in
      LinkSharing.Flow(segments: moves[transfer.move].segments, cap: transfer.run.bandwidthWanted)
    }
    let shares = sharing.shares(flows)
    for index in transfers.indices {
      transfers[index].share = shares[index]
      if transfers[index].run.isTransferring, shares[index] > 0 {
        transfers[index].leastShare = min(transfers[index].leastShare, shares[index])
      }
      transfers[index].phaseEnd = transfers[index].run.endOfPhase(rate: shares[index])
    }
  }
}
