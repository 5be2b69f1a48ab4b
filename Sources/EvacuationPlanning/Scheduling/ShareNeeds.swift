import EvacuationModel
import MigrationSimulation
import Quantities

/// The share of its path that each move needs, so that it ends as forecast; searched for only when asked.
struct ShareNeeds: Sendable {
  private var moves: [Move]
  private var known: [Double?]

  init(_ moves: [Move]) {
    self.moves = moves
    known = [Double?](repeating: nil, count: moves.count)
  }

  mutating func reserveCapacity(_ count: Int) {
    moves.reserveCapacity(count)
    known.reserveCapacity(count)
  }

  /// Makes `move` known by the next number.
  mutating func append(_ move: Move) {
    moves.append(move)
    known.append(nil)
  }

  /// Forgets the move that was made known last.
  mutating func removeLast() {
    moves.removeLast()
    known.removeLast()
  }

  /// The least bytes per second with which it still ends as forecast.
  mutating func least(_ move: Int) -> Double {
    if let least = known[move] { return least }
    let least = search(moves[move])
    known[move] = least
    return least
  }

  /// A prescribed duration was measured with the cap that the policy sets, so it keeps that share. Otherwise a
  /// tenth more than the search finds, so that a guest does not sit at the very edge of convergence.
  private func search(_ move: Move) -> Double {
    guard !move.isCold else { return 0 }
    let demand = move.decision.demand
    guard demand.prescribed == nil else { return demand.cap.bytesPerSecond.isInfinite ? 0 : move.most }
    let least = ConvergenceSearch(demand: demand, bandwidth: DataRate(bytesPerSecond: move.capacity))
      .leastBandwidth(maxDowntime: move.maxDowntime)
    return min(move.most, (least?.bytesPerSecond ?? move.capacity) * 1.1)
  }
}
