import EvacuationModel

/// What the lower bound may take for granted of each move, whatever its destination.
struct BoundWork: Sendable {
  let cluster: Cluster
  let candidates: [Int: CandidateHosts]
  private let paths: MigrationPaths
  /// The hosts behind each link that take arrivals.
  private let receivers: [[Int]]

  init(cluster: Cluster, candidates: [Int: CandidateHosts], paths: MigrationPaths) {
    self.cluster = cluster
    self.candidates = candidates
    self.paths = paths
    var receivers = [[Int]](repeating: [], count: cluster.inventory.links.count)
    for host in cluster.inventory.hosts.indices
    where !cluster.isDrained(host) && cluster.host(host).state == .up {
      for link in paths.links(of: host) { receivers[link].append(host) }
    }
    self.receivers = receivers
  }

  /// Of `moves`, at any time.
  func work(_ moves: [Move]) -> [LowerBound.Work] {
    moves.filter(isNeeded).map { work($0, atMost: .infinity) }
  }

  /// Of those `moves` that have a time in `schedule`, none with more than there.
  func work(_ moves: [Move], in schedule: Schedule) -> [LowerBound.Work] {
    schedule.moves.filter { isNeeded(moves[$0.move]) }.map { work(moves[$0.move], atMost: $0.end - $0.start) }
  }

  /// Another plan might do without the moves that make room.
  private func isNeeded(_ move: Move) -> Bool {
    candidates[move.vm] != nil && cluster.homes[move.vm] == move.source
  }

  private func work(_ move: Move, atMost seconds: Double) -> LowerBound.Work {
    let own = candidates[move.vm]
    // A link is crossed unless some candidate lies behind it as well.
    let links = paths.links(of: move.source).filter { link in
      !receivers[link].contains { own?.way(to: $0) != nil }
    }
    return LowerBound.Work(move, candidates: own, links: links, scheduledSeconds: seconds)
  }
}
