import EvacuationModel

/// Orders of preference to begin a search with: who is started first where not all can be.
struct StartOrder: Sendable {
  let moves: [Move]
  let limits: ConcurrencyLimits

  /// Different orders, each following the policy's priorities first.
  var all: [[Int]] { [sorted(by: moves.map(\.seconds)), sorted(by: tails)] }

  private func sorted(by urgency: [Double]) -> [Int] {
    let urgency = withSuccessors(urgency)
    return moves.indices.sorted { one, other in
      if moves[one].priority != moves[other].priority { return moves[one].priority > moves[other].priority }
      if urgency[one] != urgency[other] { return urgency[one] > urgency[other] }
      return one < other
    }
  }

  /// For each move how long its source and its destination are still busy when it starts, if each takes its
  /// longest first: hosts with the most remaining work come first, and the longest of each.
  private var tails: [Double] {
    var tails = moves.map(\.seconds)
    let longestFirst = moves.indices.sorted { one, other in
      moves[one].seconds != moves[other].seconds ? moves[one].seconds > moves[other].seconds : one < other
    }
    var left: [Resource: Double] = [:]
    for move in longestFirst.reversed() {
      for resource in resources(of: moves[move]) {
        left[resource, default: 0] += moves[move].seconds / Double(resource.slots)
        tails[move] = max(tails[move], left[resource] ?? 0)
      }
    }
    return tails
  }

  private struct Resource: Hashable {
    let host: Int
    let isCold: Bool?
    let slots: Int
  }

  private func resources(of move: Move) -> [Resource] {
    let outbound = move.isCold ? limits.coldOutboundPerHost : limits.liveOutboundPerHost
    return [
      Resource(host: move.source, isCold: move.isCold, slots: max(1, outbound.count)),
      Resource(host: move.destination, isCold: nil, slots: max(1, limits.inboundPerHost.count)),
    ]
  }

  /// What others have to wait for is as urgent as they are, and its own time more.
  private func withSuccessors(_ urgency: [Double]) -> [Double] {
    guard moves.contains(where: { !$0.after.isEmpty }) else { return urgency }
    var urgency = urgency
    // Chains are short; each turn carries urgency one link back, and a cycle ends with the turns.
    for _ in moves.indices {
      var isSettled = true
      for move in moves.indices {
        for before in moves[move].after {
          let needed = urgency[move] + moves[before].seconds
          guard urgency[before] < needed else { continue }
          urgency[before] = needed
          isSettled = false
        }
      }
      if isSettled { break }
    }
    return urgency
  }
}
