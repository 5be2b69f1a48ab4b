import MigrationSimulation
import Quantities

/// Who is under way on which segments, and whether there is enough left for one more.
struct PathContention: Sendable {
  private var moves: [Move]
  private let sharing: LinkSharing
  /// Those under way that send anything at some time, with the most that each can use.
  private var load: SegmentLoad
  private var isUnderWay: [Bool]
  /// What they need of each segment, as far as that is known, in bytes per second; and what each counts there.
  private var needed: [Double]
  private var ownNeed: [Double]
  /// Who would have left a move, or who would have been left by it, without enough: until one of them has ended,
  /// the move need not ask again.
  private var waitsFor: [[Int]]
  /// For each segment the least that a move could use that found no room there; until somebody leaves the segment,
  /// one that could use as much need not ask.
  private var refused: [Double]
  /// What all that wait for the same slots have in common.
  private var queues: [Queue]

  private struct Queue {
    /// Segments that each of them crosses.
    var segments: [Int]
    /// What each of them can use at least.
    var most: Double
  }

  init(_ moves: [Move], paths: MigrationPaths) {
    self.moves = moves
    sharing = paths.sharing
    load = SegmentLoad(capacities: paths.capacities)
    isUnderWay = [Bool](repeating: false, count: moves.count)
    needed = [Double](repeating: 0, count: paths.capacities.count)
    ownNeed = [Double](repeating: 0, count: moves.count)
    waitsFor = [[Int]](repeating: [], count: moves.count)
    refused = [Double](repeating: .infinity, count: paths.capacities.count)
    queues = Self.queues(of: moves)
  }

  private static func queues(of moves: [Move]) -> [Queue] {
    var queues: [Queue?] = Array(repeating: nil, count: (moves.map(\.queue).max() ?? -1) + 1)
    for move in moves {
      var queue = queues[move.queue] ?? Queue(segments: move.segments, most: .infinity)
      if queue.segments != move.segments { queue.segments.removeAll { !move.segments.contains($0) } }
      queue.most = min(queue.most, move.hasTraffic ? move.most : 0)
      queues[move.queue] = queue
    }
    return queues.map { $0 ?? Queue(segments: [], most: 0) }
  }

  /// Why the network does not let `move` start now, if it does not.
  mutating func obstacle(for move: Int, needs: inout ShareNeeds) -> WaitingMoves.Obstacle? {
    if leavesEnough(for: move, needs: &needs) { return nil }
    let queue = queues[moves[move].queue]
    return queue.segments.contains { refused[$0] <= queue.most } ? .networkOfSource : .network
  }

  mutating func reserveCapacity(_ count: Int) {
    moves.reserveCapacity(count)
    isUnderWay.reserveCapacity(count)
  }

  /// Makes `move` known by the next number.
  mutating func append(_ move: Move) {
    moves.append(move)
    isUnderWay.append(false)
    ownNeed.append(0)
    waitsFor.append([])
  }

  /// Forgets the move that was made known last.
  mutating func removeLast() {
    moves.removeLast()
    isUnderWay.removeLast()
    ownNeed.removeLast()
    waitsFor.removeLast()
  }

  mutating func add(_ move: Int, needs: ShareNeeds) {
    guard moves[move].hasTraffic else { return }
    isUnderWay[move] = true
    load.add(move, on: moves[move].segments, most: moves[move].most)
    ownNeed[move] = needs.knownLeast(move, of: moves[move])
    for segment in moves[move].segments { needed[segment] += ownNeed[move] }
  }

  mutating func remove(_ move: Int) {
    guard isUnderWay[move] else { return }
    isUnderWay[move] = false
    load.remove(move, most: moves[move].most)
    for segment in moves[move].segments {
      needed[segment] = load.count(on: segment) == 0 ? 0 : needed[segment] - ownNeed[move]
      refused[segment] = .infinity
    }
  }

  /// Whether every migration under way and `move` as well would have the share it needs, with all of them
  /// transferring at once.
  mutating func leavesEnough(for move: Int, needs: inout ShareNeeds) -> Bool {
    guard moves[move].hasTraffic else { return true }
    if isShortAtOnce(move, needs: needs) { return false }
    if !waitsFor[move].isEmpty, waitsFor[move].allSatisfy({ isUnderWay[$0] }) { return false }
    load.add(move, on: moves[move].segments, most: moves[move].most)
    defer { load.remove(move, most: moves[move].most) }
    guard moves[move].segments.contains(where: { load.isContested($0) }) else { return true }
    let rivals = load.neighbours(of: [move])
    // An equal part of each segment is what fair sharing gives at the least; mostly it is enough.
    if rivals.allSatisfy({ hasEnough($0, with: equalPart(of: $0), needs: &needs) }) { return true }
    let flows = rivals.map { LinkSharing.Flow(segments: moves[$0].segments, cap: moves[$0].most) }
    let short = zip(rivals, sharing.shares(flows)).filter { !hasEnough($0, with: $1, needs: &needs) }
    guard !short.isEmpty else { return true }
    remember(move, short: short.map(\.0), among: rivals)
    return false
  }

  /// Notes what `move`, beside which those in `short` have too little, has to wait for.
  private mutating func remember(_ move: Int, short: [Int], among rivals: [Int]) {
    var segments: [Int] = []
    for other in short { segments += moves[other].segments.filter { !segments.contains($0) } }
    waitsFor[move] = rivals.filter { $0 != move && moves[$0].segments.contains { segments.contains($0) } }
    // What is too little for `move` itself may be enough for one that needs less.
    guard short.contains(where: { $0 != move }) else { return }
    for segment in moves[move].segments where load.isContested(segment) && segments.contains(segment) {
      refused[segment] = min(refused[segment], moves[move].most)
    }
  }

  /// No sharing gives all of them what they need if that is more than there is, and `move` takes an equal part in any
  /// case, if it can use that much.
  private mutating func isShortAtOnce(_ move: Int, needs: ShareNeeds) -> Bool {
    var takes = moves[move].most
    for segment in moves[move].segments {
      if refused[segment] <= moves[move].most { return true }
      takes = min(takes, load.capacity(of: segment) / Double(load.count(on: segment) + 1))
    }
    takes = max(takes, needs.knownLeast(move, of: moves[move]))
    for segment in moves[move].segments where load.count(on: segment) > 0 {
      if needed[segment] + takes > load.capacity(of: segment) * (1 + 1e-6) {
        refused[segment] = min(refused[segment], moves[move].most)
        return true
      }
    }
    return false
  }

  private func hasEnough(_ move: Int, with share: Double, needs: inout ShareNeeds) -> Bool {
    let rounded = share * (1 + 1e-9)
    return rounded >= moves[move].most || rounded >= needs.least(move, of: moves[move])
  }

  /// The least equal part that `move` has of its segments.
  private func equalPart(of move: Int) -> Double {
    moves[move].segments.reduce(.infinity) { least, segment in
      min(least, load.capacity(of: segment) / Double(max(1, load.count(on: segment))))
    }
  }
}
