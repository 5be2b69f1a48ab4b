import EvacuationModel

/// A quick schedule of moves, each as long as it takes alone: not to be carried out, but to compare sequences with.
enum SequenceForecast {
  /// Seconds until all have ended, where whoever has the longest way to the end behind it starts first.
  static func makespan(_ moves: [Move], limits: ConcurrencyLimits) -> Double {
    var waiting = order(moves)
    var open = moves.map(\.after.count)
    var followers = [[Int]](repeating: [], count: moves.count)
    for (move, before) in moves.enumerated().map({ ($0.offset, $0.element.after) }) {
      for other in before { followers[other].append(move) }
    }
    var slots = SlotCount(limits, moves: moves)
    var underWay: [(end: Double, move: Int)] = []
    var clock = 0.0
    while true {
      waiting.removeAll { move in
        guard open[move] == 0, slots.obstacle(for: moves[move]) == nil else { return false }
        slots.add(moves[move])
        underWay.append((clock + moves[move].seconds, move))
        return true
      }
      guard let next = underWay.map(\.end).min() else { return waiting.isEmpty ? clock : .infinity }
      clock = next
      let ended = underWay.filter { $0.end <= next }.map(\.move)
      underWay.removeAll { $0.end <= next }
      for move in ended {
        slots.remove(moves[move])
        for follower in followers[move] { open[follower] -= 1 }
      }
    }
  }

  /// By what follows: a move that others wait for counts with the longest of them behind it. Predecessors have
  /// smaller numbers.
  private static func order(_ moves: [Move]) -> [Int] {
    var tails = moves.map(\.seconds)
    for move in moves.indices.reversed() {
      for before in moves[move].after {
        tails[before] = max(tails[before], moves[before].seconds + tails[move])
      }
    }
    return moves.indices.sorted { one, other in
      tails[one] != tails[other] ? tails[one] > tails[other] : one < other
    }
  }
}
