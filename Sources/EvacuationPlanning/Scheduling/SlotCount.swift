import EvacuationModel

/// Counts what is under way against the policy's limits.
struct SlotCount: Sendable {
  private let limits: ConcurrencyLimits
  private var live: [Int]
  private var cold: [Int]
  private var inbound: [Int]
  private var all = 0

  /// Nothing under way among the hosts of `moves`.
  init(_ limits: ConcurrencyLimits, moves: [Move]) {
    self.init(limits, hostCount: 1 + (moves.map { max($0.source, $0.destination) }.max() ?? 0))
  }

  /// Nothing under way among `hostCount` hosts.
  init(_ limits: ConcurrencyLimits, hostCount: Int) {
    self.limits = limits
    let none = [Int](repeating: 0, count: hostCount)
    live = none
    cold = none
    inbound = none
  }

  /// Which slot `move` has to wait for, if any.
  func obstacle(for move: Move) -> WaitingMoves.Obstacle? {
    guard limits.perCluster.allows(all + 1) else { return .cluster }
    let outbound = move.isCold ? cold[move.source] : live[move.source]
    let limit = move.isCold ? limits.coldOutboundPerHost : limits.liveOutboundPerHost
    guard limit.allows(outbound + 1) else { return .source }
    return limits.inboundPerHost.allows(inbound[move.destination] + 1) ? nil : .destination
  }

  /// Whether the cluster has a slot left.
  var isOpen: Bool { limits.perCluster.allows(all + 1) }

  /// Whether `source` has a slot left for a migration that is cold, or live or block.
  func isOpen(from source: Int, cold isCold: Bool) -> Bool {
    isCold
      ? limits.coldOutboundPerHost.allows(cold[source] + 1)
      : limits.liveOutboundPerHost.allows(live[source] + 1)
  }

  /// Whether `destination` has a slot left.
  func isOpen(into destination: Int) -> Bool { limits.inboundPerHost.allows(inbound[destination] + 1) }

  mutating func add(_ move: Move) { change(move, by: 1) }

  mutating func remove(_ move: Move) { change(move, by: -1) }

  private mutating func change(_ move: Move, by amount: Int) {
    if move.isCold { cold[move.source] += amount } else { live[move.source] += amount }
    inbound[move.destination] += amount
    all += amount
  }
}
