import Quantities

/// The knobs of one try; the best of several tries counts.
struct RollingSettings: Hashable, Sendable {
  /// Hosts that are emptied first, onto hosts whose own turn is still to come; at most.
  var startHosts: Int
  /// Moves beyond one a guest that may be made to get going.
  var extraMoves: Int
  /// How far ahead large guests may leave hosts whose turn is next, while slots are idle.
  var lookAhead: Int
  /// Guests smaller than this do not leave ahead of their host's turn: they gain too little room for a move.
  var largeGuest = ByteCount.gibibytes(16)
  /// What a host's share of time counts beside its share of memory in the order of hosts.
  var timeWeight: Double
  /// The share of a host's memory for which there must be room before it is closed.
  var roomBeforeClosing: Double
  /// Whether arrivals are spread over the hosts that are back, instead of filling one after the other.
  var spreads: Bool
  /// Whether the first hosts are emptied in the order of their work, instead of their number of guests.
  var startsWithLeastWork: Bool
  /// How far chance changes the order of hosts, and which chance.
  var noise = 0.0
  var seed: UInt64 = 0

  /// These with other knobs, by chance.
  func varied(_ draw: inout SeededGenerator) -> Self {
    var settings = self
    settings.startHosts = max(1, startHosts - draw.integer(in: 0...2))
    settings.lookAhead = draw.integer(in: 0...(2 * lookAhead))
    settings.timeWeight = draw.number(in: 0...1)
    settings.roomBeforeClosing = draw.pick([0.1, 0.2, 0.5, 1])
    settings.spreads = draw.chance(0.7)
    settings.startsWithLeastWork = draw.chance(0.7)
    settings.noise = draw.number(in: 0...0.5)
    settings.seed = UInt64(draw.integer(in: 0...1_000_000))
    return settings
  }
}
