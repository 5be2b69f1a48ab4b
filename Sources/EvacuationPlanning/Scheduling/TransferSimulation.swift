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
  private let paths: MigrationPaths
  private var transfers: [Transfer] = []
  /// How many of them cross each segment at some time, and the most they can use of it together.
  private var crossing: [(count: Int, most: Double)]
  private var isUnderWay: [Bool]
  /// Who would have left a move, or who would have been left by it, without enough: until one of them has ended,
  /// the move need not ask again.
  private var waitsFor: [Int: [Int]] = [:]
  /// Seconds since the plan's start.
  private(set) var clock = 0.0

  init(_ moves: [Move], paths: MigrationPaths) {
    self.moves = moves
    self.paths = paths
    isUnderWay = [Bool](repeating: false, count: moves.count)
    crossing = [(count: Int, most: Double)](repeating: (0, 0), count: paths.capacities.count)
  }

  var isIdle: Bool { transfers.isEmpty }

  /// Whether every migration under way and `move` as well would have the share it needs, with all of them
  /// transferring at once.
  mutating func leavesEnough(for move: Int, needs: inout ShareNeeds) -> Bool {
    guard moves[move].decision.demand.hasTraffic else { return true }
    if let others = waitsFor[move], others.allSatisfy({ isUnderWay[$0] }) { return others.isEmpty }
    count(move, by: 1)
    defer { count(move, by: -1) }
    let rivals = rivals(of: move)
    // An equal part of each segment is what fair sharing gives at the least; mostly it is enough.
    if rivals.allSatisfy({ hasEnough($0, with: equalPart(of: $0), needs: &needs) }) { return true }
    let flows = rivals.map { index in
      LinkSharing.Flow(
        segments: moves[index].segments, cap: moves[index].decision.demand.cap.bytesPerSecond)
    }
    let short = zip(rivals, paths.sharing.shares(flows)).filter { !hasEnough($0, with: $1, needs: &needs) }
    guard !short.isEmpty else { return true }
    let segments = Set(short.flatMap { moves[$0.0].segments })
    waitsFor[move] = rivals.filter { $0 != move && !segments.isDisjoint(with: moves[$0].segments) }
    return false
  }

  private func hasEnough(_ move: Int, with share: Double, needs: inout ShareNeeds) -> Bool {
    let rounded = share * (1 + 1e-9)
    return rounded >= moves[move].most || rounded >= needs.least(move)
  }

  /// The least equal part that `move` has of its segments.
  private func equalPart(of move: Int) -> Double {
    moves[move].segments.reduce(.infinity) { least, segment in
      min(least, paths.capacities[segment] / Double(max(1, crossing[segment].count)))
    }
  }

  /// Everybody whose share `move` can change, itself included: who crosses a segment that may become full with
  /// it, or with one of them. Segments on which there is room for all separate them from the others.
  private func rivals(of move: Int) -> [Int] {
    var rivals = [move]
    var others = transfers.map(\.move).filter { moves[$0].decision.demand.hasTraffic }
    var contested = Set<Int>()
    var next = 0
    while next < rivals.count {
      let new = moves[rivals[next]].segments.filter { isContested($0) && contested.insert($0).inserted }
      next += 1
      guard !new.isEmpty else { continue }
      rivals += others.filter { moves[$0].segments.contains { new.contains($0) } }
      others.removeAll { moves[$0].segments.contains { new.contains($0) } }
    }
    return rivals
  }

  private func isContested(_ segment: Int) -> Bool {
    crossing[segment].most > paths.capacities[segment] * (1 - 1e-6) && crossing[segment].count > 1
  }

  mutating func start(_ move: Int) {
    let run = MigrationRun(moves[move].decision.demand, pathCapacity: moves[move].capacity)
    transfers.append(Transfer(move: move, start: clock, run: run))
    isUnderWay[move] = true
    count(move, by: 1)
  }

  private mutating func count(_ move: Int, by amount: Int) {
    guard moves[move].decision.demand.hasTraffic else { return }
    for segment in moves[move].segments {
      crossing[segment].count += amount
      crossing[segment].most += Double(amount) * moves[move].most
    }
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
        // What ends now ends exactly, whatever rounding the sum of start and phase end has.
        advance(index, until: max(transfers[index].phaseEnd ?? 0, clock - transfers[index].start))
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
    for transfer in done {
      count(transfer.move, by: -1)
      isUnderWay[transfer.move] = false
    }
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
    for (index, share) in paths.sharing.shares(flows).enumerated() {
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
