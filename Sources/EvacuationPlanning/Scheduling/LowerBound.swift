import EvacuationModel
import MigrationSimulation
import Quantities

/// A time that no plan can beat, and what makes it so.
///
/// The largest of: the longest migration alone on its best path; each source's work divided by its slots; the
/// first copy of what a source must send over its NIC. Every migration counts with the shortest duration that
/// any candidate host would give it, so that the bound holds for every choice of destinations.
///
/// Alone is not always shortest: on a share of the path a step of a downtime ladder or a throttle may come a
/// moment earlier. So a migration counts with its time in the plan where that is less.
struct LowerBound: Sendable {
  struct Work: Sendable {
    let vm: Int
    let source: Int
    /// The modes that some candidate host would have.
    let modes: Set<MigrationMode>
    /// The least seconds on any path.
    let seconds: Double
    /// Bytes that must cross the source's NIC at least once.
    let bytes: Double

    init(vm: Int, source: Int, ways: [ModeDecision], scheduledSeconds: Double) {
      self.vm = vm
      self.source = source
      modes = Set(ways.map(\.mode))
      seconds = ways.compactMap { $0.forecast.duration?.seconds }.reduce(scheduledSeconds, min)
      // A prescribed duration holds at any bandwidth.
      bytes = ways.map { $0.demand.prescribed == nil ? Double($0.demand.firstCopy.bytes) : 0 }.min() ?? 0
    }
  }

  let cluster: Cluster
  let work: [Work]

  func bound() -> (seconds: Double, reason: String) {
    var best: (seconds: Double, reason: String) = (0, "nothing to move")
    func consider(_ seconds: Double, _ reason: @autoclosure () -> String) {
      if seconds > best.seconds * (1 + 1e-9) { best = (seconds, reason()) }
    }
    if let longest = work.max(by: { $0.seconds < $1.seconds }) {
      consider(longest.seconds, "the longest migration, \(cluster.vm(longest.vm).id)")
    }
    let limits = cluster.policy.concurrency
    let bySource = Dictionary(grouping: work, by: \.source)
    for source in bySource.keys.sorted() {
      let own = bySource[source] ?? []
      let name = cluster.host(source).id
      slots(own.filter { !$0.modes.contains(.cold) }, limit: limits.liveOutboundPerHost).map {
        seconds, count in
        consider(seconds, "\(name): its live and block migrations, \(count) at a time")
      }
      slots(own.filter { $0.modes == [.cold] }, limit: limits.coldOutboundPerHost).map { seconds, count in
        consider(seconds, "\(name): its cold migrations, \(count) at a time")
      }
      let nic =
        cluster.host(source).migrationBandwidth.bytesPerSecond * cluster.policy.network.usableShare.fraction
      let bytes = own.reduce(0) { $0 + $1.bytes }
      consider(nic > 0 ? bytes / nic : 0, "\(name): \(ByteCount(rounding: bytes)) over its NIC")
    }
    slots(work, limit: limits.perCluster).map { seconds, count in
      consider(seconds, "all migrations, \(count) at a time in the cluster")
    }
    return best
  }

  private func slots(_ work: [Work], limit: Limit) -> (Double, Int)? {
    guard case .atMost(let count) = limit, count > 0, !work.isEmpty else { return nil }
    return (work.reduce(0) { $0 + $1.seconds } / Double(count), count)
  }
}
