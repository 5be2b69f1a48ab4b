import EvacuationModel
import Quantities

/// What one try came to, in the terms of a plan.
struct RollingOutcome: Sendable {
  let absences: [Int: RollingRun.Absence]
  /// Seconds that a host is in maintenance.
  let maintenance: Double
  /// To the end of the last maintenance and of the last migration.
  let makespan: Double
  /// Hosts that are not maintained, by number.
  let left: [Int]
  let waves: [Wave]
  let summary: RollingSummary
  let remarks: [String]
  private let waveOfHost: [Int: Int]
  private let openers: [Int: Int]

  init(
    _ run: RollingRun, left: [Int], cluster: Cluster, bound: (moves: Int, reason: String),
    remarks: [String]
  ) {
    absences = run.absences
    maintenance = run.maintenance
    makespan = run.makespan
    self.left = left
    self.remarks = remarks
    openers = Self.openers(run.absences)
    (waves, waveOfHost) = Self.waves(run.absences, cluster)
    var counts: [Int: Int] = [:]
    for move in run.moves { counts[move.vm, default: 0] += 1 }
    let guests = run.absences.keys.reduce(0) { $0 + cluster.residents[$1].count }
    summary = RollingSummary(
      hosts: run.absences.count, mostHostsOut: Self.mostOut(run.absences),
      meanMoves: guests > 0 ? Double(run.moves.count) / Double(guests) : 0,
      mostMoves: counts.values.max() ?? 0, movesLowerBound: bound.moves,
      movesLowerBoundReason: bound.reason)
  }

  /// The wave of a host; one that is not maintained has the number after the last.
  func wave(of host: Int) -> Int { waveOfHost[host] ?? waves.count + 1 }

  /// The host that `move` helps to empty.
  func empties(_ move: Move, start: Double) -> Int? {
    absences[move.source].flatMap { start < $0.back ? move.source : nil }
  }

  /// The hosts that have to be back before `move` can start: its destination, and the one whose return let its
  /// source be closed.
  func awaits(_ move: Move, start: Double) -> [Int] {
    let destination = absences[move.destination].flatMap { start >= $0.back ? move.destination : nil }
    return [destination, openers[move.source]].compactMap(\.self)
  }

  /// For each host that was closed when another came back, that other.
  private static func openers(_ absences: [Int: RollingRun.Absence]) -> [Int: Int] {
    let returns = absences.sorted { ($0.value.back, $0.key) < ($1.value.back, $1.key) }
    var openers: [Int: Int] = [:]
    var next = 0
    for (host, absence) in absences.sorted(by: { ($0.value.closed, $0.key) < ($1.value.closed, $1.key) }) {
      while next < returns.count, returns[next].value.back <= absence.closed + 1e-6 { next += 1 }
      if next > 0, returns[next - 1].value.back >= absence.closed - 1e-6 {
        openers[host] = returns[next - 1].key
      }
    }
    return openers
  }

  /// Hosts with the same times share a wave; waves are numbered by the start of their maintenance.
  private static func waves(
    _ absences: [Int: RollingRun.Absence], _ cluster: Cluster
  ) -> ([Wave], [Int: Int]) {
    let groups = Dictionary(grouping: absences.keys.sorted()) { absences[$0] }
    let ordered = groups.values.compactMap { hosts in
      hosts.first.flatMap { absences[$0] }.map { (absence: $0, hosts: hosts) }
    }.sorted { one, other in
      (one.absence.drained, one.absence.closed, one.hosts[0])
        < (other.absence.drained, other.absence.closed, other.hosts[0])
    }
    var waveOfHost: [Int: Int] = [:]
    let waves = ordered.enumerated().map { place, group in
      for host in group.hosts { waveOfHost[host] = place + 1 }
      let drained = PlanTime(seconds: group.absence.drained)
      return Wave(
        number: place + 1, hosts: group.hosts.map { cluster.host($0).id },
        start: PlanTime(seconds: group.absence.closed), drained: drained, maintenanceStart: drained,
        maintenanceEnd: PlanTime(seconds: group.absence.back))
    }
    return (waves, waveOfHost)
  }

  /// At equal times hosts are back before others are closed.
  private static func mostOut(_ absences: [Int: RollingRun.Absence]) -> Int {
    let changes = absences.values.flatMap { [($0.closed, 1), ($0.back, -1)] }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    var out = 0
    return changes.reduce(0) { most, change in
      out += change.1
      return max(most, out)
    }
  }
}
