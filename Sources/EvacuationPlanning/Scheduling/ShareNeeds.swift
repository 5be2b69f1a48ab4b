import EvacuationModel
import MigrationSimulation
import Quantities

/// The share of its path that each move needs, so that it ends as forecast; searched for only when asked, and once
/// for each capacity of path that a search tries.
struct ShareNeeds: Sendable {
  private var known: [[(capacity: Double, least: Double)]]
  private let memo: ForecastMemo

  init(_ moves: [Move], memo: ForecastMemo = ForecastMemo()) {
    self.memo = memo
    known = [[(capacity: Double, least: Double)]](repeating: [], count: moves.count)
  }

  mutating func reserveCapacity(_ count: Int) { known.reserveCapacity(count) }

  /// Makes one more move known, by the next number.
  mutating func append() { known.append([]) }

  /// Forgets the move that was made known last.
  mutating func removeLast() { known.removeLast() }

  /// The least bytes per second with which `move`, which is number `index`, still ends as forecast.
  mutating func least(_ index: Int, of move: Move) -> Double {
    if let own = known[index].first(where: { $0.capacity == move.capacity }) { return own.least }
    let least = search(move)
    known[index].append((move.capacity, least))
    return least
  }

  /// The same as far as it is known without a search; else nothing, which it needs in any case.
  func knownLeast(_ index: Int, of move: Move) -> Double {
    known[index].first { $0.capacity == move.capacity }?.least ?? move.reserved
  }

  /// A prescribed duration was measured with the cap that the policy sets, so it keeps that share. Otherwise a
  /// tenth more than the search finds, so that a guest does not sit at the very edge of convergence. Who goes alone needs
  /// all that it can use.
  private func search(_ move: Move) -> Double {
    let demand = move.decision.demand
    guard demand.prescribed == nil else { return move.reserved }
    guard !move.decision.goesAlone else { return move.hasTraffic ? move.most : 0 }
    guard !move.isCold else { return 0 }
    let least = memo.leastBandwidth(
      of: demand, bandwidth: DataRate(bytesPerSecond: move.capacity), maxDowntime: move.maxDowntime)
    return min(move.most, (least?.bytesPerSecond ?? move.capacity) * 1.1)
  }
}
