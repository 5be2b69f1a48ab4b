import MigrationSimulation
import Quantities

/// Who is under way on which segments, and whether there is enough left for one more.
struct PathContention: Sendable {
  private var moves: [Move]
  private let sharing: LinkSharing
  /// Those under way that send anything at some time, with the most that each can use.
  private var load: SegmentLoad
  private var isUnderWay: [Bool]
  /// Who would have left a move, or who would have been left by it, without enough: until one of them has ended,
  /// the move need not ask again.
  private var waitsFor: [Int: [Int]] = [:]

  init(_ moves: [Move], paths: MigrationPaths) {
    self.moves = moves
    sharing = paths.sharing
    load = SegmentLoad(capacities: paths.capacities)
    isUnderWay = [Bool](repeating: false, count: moves.count)
  }

  mutating func reserveCapacity(_ count: Int) {
    moves.reserveCapacity(count)
    isUnderWay.reserveCapacity(count)
  }

  /// Makes `move` known by the next number.
  mutating func append(_ move: Move) {
    moves.append(move)
    isUnderWay.append(false)
  }

  /// Forgets the move that was made known last.
  mutating func removeLast() {
    moves.removeLast()
    isUnderWay.removeLast()
    waitsFor[moves.count] = nil
  }

  mutating func add(_ move: Int) {
    guard moves[move].decision.demand.hasTraffic else { return }
    isUnderWay[move] = true
    load.add(move, on: moves[move].segments, most: moves[move].most)
  }

  mutating func remove(_ move: Int) {
    guard isUnderWay[move] else { return }
    isUnderWay[move] = false
    load.remove(move, most: moves[move].most)
  }

  /// Whether every migration under way and `move` as well would have the share it needs, with all of them
  /// transferring at once.
  mutating func leavesEnough(for move: Int, needs: inout ShareNeeds) -> Bool {
    guard moves[move].decision.demand.hasTraffic else { return true }
    if let others = waitsFor[move], !others.isEmpty, others.allSatisfy({ isUnderWay[$0] }) { return false }
    load.add(move, on: moves[move].segments, most: moves[move].most)
    defer { load.remove(move, most: moves[move].most) }
    guard moves[move].segments.contains(where: { load.isContested($0) }) else { return true }
    let rivals = load.neighbours(of: [move])
    // An equal part of each segment is what fair sharing gives at the least; mostly it is enough.
    if rivals.allSatisfy({ hasEnough($0, with: equalPart(of: $0), needs: &needs) }) { return true }
    let flows = rivals.map { index in
      LinkSharing.Flow(
        segments: moves[index].segments, cap: moves[index].decision.demand.ceiling.bytesPerSecond)
    }
    let short = zip(rivals, sharing.shares(flows)).filter { !hasEnough($0, with: $1, needs: &needs) }
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
      min(least, load.capacity(of: segment) / Double(max(1, load.count(on: segment))))
    }
  }
}
