import EvacuationModel
import MigrationSimulation
import Quantities

/// What no rolling maintenance can beat, in moves and in time.
struct RollingBound {
  let world: RollingWorld
  /// The hosts that are maintained.
  let hosts: [Int]

  /// Everybody on a maintained host moves once. Where no host takes arrivals for good from the start, the guests of
  /// the host that comes back first went to hosts that are maintained later: they move a second time.
  func moves() -> (moves: Int, reason: String) {
    let cluster = world.cluster
    let once = hosts.reduce(0) { $0 + cluster.residents[$1].count }
    let isHelped = world.isMaintainable.indices.contains {
      !hosts.contains($0) && cluster.host($0).state == .up
    }
    let least = hosts.filter { cluster.host($0).state == .up }
      .min { cluster.residents[$0].count < cluster.residents[$1].count }
    guard !isHelped, let least, !cluster.residents[least].isEmpty else {
      return (once, "everybody on these hosts moves once")
    }
    let again = cluster.residents[least].count
    return (
      once + again,
      "everybody moves once, and the guests of the first host twice: \(again) on \(cluster.host(least).id)"
    )
  }

  /// The migrations' own bound and a maintenance after it, because every migration empties a host that is
  /// maintained afterwards; and the hosts' own times, so many at once as may be out.
  func time(_ work: [LowerBound.Work]) -> (seconds: Double, reason: String) {
    let maintenance = world.cluster.policy.maintenance.durationPerHost
    guard !hosts.isEmpty else { return (0, "nothing to maintain") }
    let migrations = LowerBound(cluster: world.cluster, work: work).bound(world.cluster.policy.concurrency)
    let tail = "the last maintenance, \(maintenance.text)"
    var best =
      work.isEmpty
      ? (maintenance.seconds, tail)
      : (migrations.seconds + maintenance.seconds, "\(migrations.reason), and \(tail)")
    if case .atMost(let most) = world.mostOut, most > 0 {
      let limits = world.cluster.policy.concurrency
      let bySource = Dictionary(grouping: work, by: \.source)
      let total = hosts.reduce(0.0) { sum, host in
        sum + maintenance.seconds + Self.seconds(toEmpty: bySource[host] ?? [], limits)
      }
      if total / Double(most) > best.0 * (1 + 1e-9) {
        best = (total / Double(most), "emptying and maintaining each host, \(most) out at once")
      }
    }
    return best
  }

  /// The least time from the first departure to the last.
  private static func seconds(toEmpty work: [LowerBound.Work], _ limits: ConcurrencyLimits) -> Double {
    let longest = work.reduce(0) { max($0, $1.seconds) }
    guard case .atMost(let most) = limits.liveOutboundPerHost, most > 0 else { return longest }
    let running = work.filter { !$0.modes.contains(.cold) }.reduce(0) { $0 + $1.seconds }
    return max(longest, running / Double(most))
  }
}
