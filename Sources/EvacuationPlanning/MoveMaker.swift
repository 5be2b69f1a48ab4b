import EvacuationModel
import Quantities

/// Makes moves of choices: who goes where is settled, and with it the way and the path.
struct MoveMaker: Sendable {
  let cluster: Cluster
  let candidates: [Int: CandidateHosts]
  let paths: MigrationPaths
  var blackouts = PlannedBlackouts()

  /// One move for each guest that has a destination, in the order of the request.
  func moves(_ placement: PlacementState) -> [Move] {
    cluster.leaving.compactMap { vm in placement.destinations[vm].flatMap { move(vm, to: $0) } }
  }

  func move(_ vm: Int, to destination: Int) -> Move? {
    guard let way = candidates[vm]?.way(to: destination) else { return nil }
    let settings = cluster.settings(of: vm)
    return Move(
      vm: vm, source: cluster.homes[vm], destination: destination, decision: way.decision,
      priority: settings.priority, maxDowntime: settings.maxDowntime,
      segments: paths.segments(from: cluster.homes[vm], to: destination),
      capacity: way.capacity.bytesPerSecond, closed: blackouts.closed[vm] ?? [])
  }
}
