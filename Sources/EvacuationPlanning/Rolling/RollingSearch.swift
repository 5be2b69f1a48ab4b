import EvacuationModel
import Quantities

/// Tries several settings and keeps the best.
struct RollingSearch {
  private let seed: UInt64
  private let hostCount: Int
  private let guestCount: Int
  private let extraMoves: Int
  /// How many of the hosts with the fewest guests those extra moves empty.
  private let mostStartHosts: Int
  /// Where few hosts may be out, one that cannot be emptied at once keeps the others waiting.
  private let roomsBeforeClosing: [Double]

  init(_ world: RollingWorld, seed: UInt64) {
    self.seed = seed
    let cluster = world.cluster
    let counts = world.hosts.filter { world.isMaintainable[$0] }.map { cluster.residents[$0].count }.sorted()
    hostCount = counts.count
    guestCount = counts.reduce(0, +)
    let least = counts.first ?? 0
    extraMoves = max(
      least,
      min(
        least + Int(Double(guestCount + least) * RollingPlanner.extraShare),
        Int(Double(guestCount) * RollingPlanner.twiceMovedShare)))
    roomsBeforeClosing = world.mostOut == .unlimited ? [0.2] : [1, 0.2]
    var left = extraMoves
    mostStartHosts =
      counts.prefix { count in
        left -= count
        return left >= 0
      }.count
  }

  func best(in world: inout RollingWorld, effort: SearchEffort) -> RollingRun {
    var best: RollingRun?
    let grid = settings
    var draw = SeededGenerator(seed: seed, stream: "rolling")
    for number in 0..<effort.rollings(guests: guestCount) where best == nil || !effort.isInterrupted() {
      let settings = number < grid.count ? grid[number] : grid[0].varied(&draw)
      var run = RollingRun(world, settings: settings)
      run.run(in: &world)
      if best.map({ isBetter(run, than: $0) }) ?? true { best = run }
    }
    var run = best ?? RollingRun(world, settings: grid[0])
    if world.cluster.policy.maintenance.returnHome { run.returnHome(in: &world) }
    return run
  }

  /// More hosts, then no more moves than permitted, then less time, then fewer moves.
  private func isBetter(_ run: RollingRun, than other: RollingRun) -> Bool {
    if run.absences.count != other.absences.count { return run.absences.count > other.absences.count }
    let excess = (max(0, run.extraMoves - extraMoves), max(0, other.extraMoves - extraMoves))
    if excess.0 != excess.1 { return excess.0 < excess.1 }
    let (time, otherTime) = (run.makespan, other.makespan)
    guard abs(time - otherTime) <= otherTime * 1e-9 else { return time < otherTime }
    return run.moves.count < other.moves.count
  }

  /// The likeliest first.
  private var settings: [RollingSettings] {
    var all: [RollingSettings] = []
    for share in [1, 0.85, 0.7] {
      let start = max(1, Int((Double(mostStartHosts) * share).rounded()))
      for ahead in [max(3, hostCount / 6), max(2, hostCount / 16), 0] {
        for weight in [0, 0.3, 0.6] {
          for (spreads, startsWithLeastWork) in [(true, true), (true, false), (false, true)] {
            all += roomsBeforeClosing.map { room in
              RollingSettings(
                startHosts: start, extraMoves: extraMoves, lookAhead: ahead, timeWeight: weight,
                roomBeforeClosing: room, spreads: spreads, startsWithLeastWork: startsWithLeastWork)
            }
          }
        }
      }
    }
    return all
  }
}
