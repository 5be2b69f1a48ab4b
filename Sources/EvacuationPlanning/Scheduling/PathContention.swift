import MigrationSimulation
import Quantities

/// Who is under way on which segments, and whether there is enough left for one more.
struct PathContention: Sendable {
  private let moves: [Move]
  private let paths: MigrationPaths
  /// Those under way that send anything at some time.
  private var senders: [Int] = []
  private var isUnderWay: [Bool]
  /// How many of them cross each segment, and the most they can use of it together.
  private var crossing: [(count: Int, most: Double)]
  /// Who would have left a move, or who would have been left by it, without enough: until one of them has ended,
  /// the move need not ask again.
  private var waitsFor: [Int: [Int]] = [:]

  init(_ moves: [Move], paths: MigrationPaths) {
    self.moves = moves
    self.paths = paths
    isUnderWay = [Bool](repeating: false, count: moves.count)
    crossing = [(count: Int, most: Double)](repeating: (0, 0), count: paths.capacities.count)
  }

  mutating func add(_ move: Int) {
    guard moves[move].decision.demand.hasTraffic else { return }
    senders.append(move)
    isUnderWay[move] = true
    count(move, by: 1)
  }

  mutating func remove(_ move: Int) {
    guard isUnderWay[move] else { return }
    senders.removeAll { $0 == move }
    isUnderWay[move] = false
    count(move, by: -1)
  }

  private mutating func count(_ move: Int, by amount: Int) {
    for segment in moves[move].segments {
      crossing[segment].count += amount
      crossing[segment].most += Double(amount) * moves[move].most
    }
  }

  /// Whether every migration under way and `move` as well would have the share it needs, with all of them
  /// transferring at once.
  mutating func leavesEnough(for move: Int, needs: inout ShareNeeds) -> Bool {
    guard moves[move].decision.demand.hasTraffic else { return true }
    if let others = waitsFor[move], !others.isEmpty, others.allSatisfy({ isUnderWay[$0] }) { return false }
    count(move, by: 1)
    defer { count(move, by: -1) }
    let rivals = rivals(of: move)
    // An equal part of each segment is what fair sharing gives at the least; mostly it is enough.
    if rivals.allSatisfy({ hasEnough($0, with: equalPart(of: $0), needs: &needs) }) { return true }
    let flows = rivals.map { index in
      LinkSharing.Flow(
        segments: moves[index].segments, cap: moves[index].decision.demand.ceiling.bytesPerSecond)
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
    var others = senders
    var contested: Set<Int> = []
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
}
