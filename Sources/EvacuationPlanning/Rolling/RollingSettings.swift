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
}
