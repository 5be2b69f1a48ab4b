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

  init(_ moves: [Move], paths: MigrationPaths) {
    self.moves = moves
    sharing = paths.sharing
    load = SegmentLoad(capacities: paths.capacities)
    isUnderWay = [Bool](repeating: false, count: moves.count)
    needed = [Double](repeating: 0, count: paths.capacities.count)
    ownNeed = [Double](repeating: 0, count: moves.count)
    waitsFor = [[Int]](repeating: [], count: moves.count)
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
    let segments = Set(short.flatMap { moves[$0.0].segments })
    waitsFor[move] = rivals.filter { $0 != move && !segments.isDisjoint(with: moves[$0].segments) }
    return false
  }

  /// No sharing gives all of them what they need if that is more than there is, and `move` takes an equal part in any
  /// case, if it can use that much.
  private func isShortAtOnce(_ move: Int, needs: ShareNeeds) -> Bool {
    let equal = moves[move].segments.reduce(.infinity) { least, segment in
      min(least, load.capacity(of: segment) / Double(load.count(on: segment) + 1))
    }
    let takes = max(needs.knownLeast(move, of: moves[move]), min(moves[move].most, equal))
    return moves[move].segments.contains { segment in
      load.count(on: segment) > 0 && needed[segment] + takes > load.capacity(of: segment) * (1 + 1e-6)
    }
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
