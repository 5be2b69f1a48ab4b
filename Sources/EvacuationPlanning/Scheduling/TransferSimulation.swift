import MigrationSimulation
import Quantities

/// Migrations under way, advanced from event to event: whenever one starts, ends or changes phase, all shares are
/// computed anew, and each goes on with its own.
struct TransferSimulation: Sendable {
  /// One migration under way.
  private struct Transfer: Sendable {
    let move: Int
    let start: Double
    /// As of the last moment at which its phase or its share changed.
    var run: MigrationRun
    var share = 0.0
    var leastShare = Double.infinity
    /// Seconds from its start; `nil` until it is known for the present phase and share.
    var phaseEnd: Double?

    var end: Double { start + (phaseEnd ?? .infinity) }
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

  mutating func start(_ move: Int) {
    let run = MigrationRun(moves[move].decision.demand, pathCapacity: moves[move].capacity)
    transfers.append(Transfer(move: move, start: clock, run: run))
  }

  /// Goes on to the next moment at which at least one migration ends, and returns those that end then, in the
  /// order in which they were started. Empty only when nothing is under way or nothing will ever end.
  mutating func nextEnd() -> [Finished] {
    while !transfers.isEmpty {
      let done = finished()
      guard done.isEmpty else { return done }
      share()
      let next = transfers.map(\.end).min() ?? .infinity
      guard next.isFinite else { return [] }
      clock = max(clock, next)
      for index in transfers.indices where transfers[index].end <= clock {
        // What ends now ends, whatever rounding the sum of start and phase end has, and although a copy that is
        // stopped on its way takes other steps than one that is not: a microsecond more leaves nobody an instant short.
        advance(index, until: max(transfers[index].phaseEnd ?? 0, clock - transfers[index].start) + 1e-6)
      }
    }
    return []
  }

  private mutating func advance(_ index: Int, until end: Double) {
    transfers[index].run.advance(until: end, rate: transfers[index].share)
    transfers[index].phaseEnd = nil
  }

  private mutating func finished() -> [Finished] {
    let done = transfers.filter { $0.run.phase == .finished }
    guard !done.isEmpty else { return [] }
    transfers.removeAll { $0.run.phase == .finished }
    return done.map { transfer in
      Finished(
        move: transfer.move, start: transfer.start, end: clock,
        share: transfer.leastShare.isFinite ? transfer.leastShare : 0, run: transfer.run)
    }
  }

  /// Only who has another share or another phase than before needs to be looked at.
  private mutating func share() {
    let flows = transfers.map { transfer in
      LinkSharing.Flow(segments: moves[transfer.move].segments, cap: transfer.run.bandwidthWanted)
    }
    for (index, share) in sharing.shares(flows).enumerated() {
      if transfers[index].phaseEnd != nil {
        guard share != transfers[index].share else { continue }
        advance(index, until: clock - transfers[index].start)
      }
      transfers[index].share = share
      if transfers[index].run.isTransferring, share > 0 {
        transfers[index].leastShare = min(transfers[index].leastShare, share)
      }
      transfers[index].phaseEnd = transfers[index].run.endOfPhase(rate: share)
    }
  }
}
