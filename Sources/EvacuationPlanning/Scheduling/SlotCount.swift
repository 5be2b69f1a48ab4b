import EvacuationModel

/// Counts what is under way against the policy's limits.
struct SlotCount: Sendable {
  private let limits: ConcurrencyLimits
  private var live: [Int: Int] = [:]
  private var cold: [Int: Int] = [:]
  private var inbound: [Int: Int] = [:]
  private var all = 0

  init(_ limits: ConcurrencyLimits) {
    self.limits = limits
  }

  func admits(_ move: Move) -> Bool {
    let outbound = move.isCold ? cold[move.source] ?? 0 : live[move.source] ?? 0
    let limit = move.isCold ? limits.coldOutboundPerHost : limits.liveOutboundPerHost
    return limit.allows(outbound + 1) && limits.inboundPerHost.allows((inbound[move.destination] ?? 0) + 1)
      && limits.perCluster.allows(all + 1)
  }

  mutating func add(_ move: Move) { change(move, by: 1) }

  mutating func remove(_ move: Move) { change(move, by: -1) }

  private mutating func change(_ move: Move, by amount: Int) {
    if move.isCold {
      cold[move.source, default: 0] += amount
    } else {
      live[move.source, default: 0] += amount
    }
    inbound[move.destination, default: 0] += amount
    all += amount
  }
}
