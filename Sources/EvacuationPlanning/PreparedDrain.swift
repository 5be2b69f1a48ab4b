import EvacuationModel
import MigrationSimulation

/// A drain up to its order: who may go where and how, and who does. Nothing in it follows from how many migrations
/// may run at once, unless others are moved to make room.
struct PreparedDrain {
  let cluster: Cluster
  let later: PostponedGuests
  let blackouts: PlannedBlackouts
  let paths: MigrationPaths
  let candidates: [Int: CandidateHosts]
  let kept: KnownMoves
  let placement: PlacementState
  /// Where others are moved to make room.
  let room: RoomSearch.Outcome?
  let moves: [Move]
  let boundWork: BoundWork
  /// The bound for these moves, before any of them has a time.
  let beforehand: LowerBound
  /// How searches for an order begin.
  var starts = ScheduleStarts()

  /// The destinations, if a search for an order may change them.
  var destinations: Destinations? {
    guard room == nil, kept.isEmpty else { return nil }
    return Destinations(
      placement,
      makeMove: MoveMaker(cluster: cluster, candidates: candidates, paths: paths, blackouts: blackouts))
  }
}

/// The orders that searches begin with, for each set of limits: plans that differ in nothing but their limits begin
/// alike.
///
/// Numbers at once are tried upwards, and what one has found out about the shares that guests need the next one
/// knows. So that is kept as well: who finds a beginning here goes on as if it had made it.
struct ScheduleStarts {
  private var known: [ConcurrencyLimits: (found: ScheduleSearch.Found, needs: ShareNeeds)] = [:]

  /// The beginning for `limits`, made by `make` if it is not known.
  mutating func start(
    _ limits: ConcurrencyLimits, needs: inout ShareNeeds, make: (inout ShareNeeds) -> ScheduleSearch.Found
  ) -> ScheduleSearch.Found {
    if let start = known[limits] {
      needs = start.needs
      return start.found
    }
    let found = make(&needs)
    known[limits] = (found, needs)
    return found
  }
}
