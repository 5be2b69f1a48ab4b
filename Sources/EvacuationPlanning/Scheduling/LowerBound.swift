import EvacuationModel
import MigrationSimulation
import Quantities

/// A time that no plan for the same guests can beat, wherever they go, and what makes it so.
///
/// Every migration counts with the shortest duration that any candidate host would give it, and only where every
/// candidate makes it count: with a slot of its source for live or for cold migrations, if it could not be of the
/// other kind; with a link, if no candidate lies behind it as well; with a destination, if there is but one.
///
/// Alone is not always shortest: on a share of the path a step of a downtime ladder or a throttle may come a
/// moment earlier. So a migration counts with its time in the plan where that is less.
struct LowerBound: Sendable {
  struct Work: Sendable {
    let vm: Int
    let source: Int
    /// The only host it can go to, if there is but one.
    let onlyDestination: Int?
    /// The modes that some candidate host would have.
    let modes: Set<MigrationMode>
    /// The least seconds on any path.
    let seconds: Double
    /// Bytes that must cross the source's NIC at least once.
    let bytes: Double
    /// What it holds of its path from start to end, in bytes per second: the cap of a prescribed duration.
    let reserved: Double
    /// The shared links towards the core that it crosses wherever it goes, by number.
    let links: [Int]

    init(_ move: Move, candidates: CandidateHosts?, links: [Int], scheduledSeconds: Double = .infinity) {
      vm = move.vm
      source = move.source
      let ways = candidates?.ways ?? []
      let hosts = candidates?.candidates ?? []
      onlyDestination = hosts.count == 1 ? hosts[0].host : nil
      modes = Set(ways.map(\.decision.mode))
      seconds = ways.compactMap { $0.decision.forecast.duration?.seconds }.reduce(scheduledSeconds, min)
      // A prescribed duration holds at any bandwidth.
      bytes =
        ways.map { way in
          let demand = way.decision.demand
          return demand.prescribed == nil ? Double(demand.firstCopy.bytes) : 0
        }.min() ?? 0
      reserved = ways.map { Self.reserved(by: $0) }.min() ?? 0
      self.links = links
    }

    private static func reserved(by way: CandidateHosts.Way) -> Double {
      Move.reserved(by: way.decision, capacity: way.capacity.bytesPerSecond)
    }
  }

  let cluster: Cluster
  let work: [Work]
  private let bySource: [(host: Int, work: [Work])]
  private let byDestination: [(host: Int, work: [Work])]
  private let byLink: [(link: Int, work: [Work])]

  init(cluster: Cluster, work: [Work]) {
    self.cluster = cluster
    self.work = work
    bySource = Self.grouped(work) { [$0.source] }.map { (host: $0.key, work: $0.work) }
    byDestination = Self.grouped(work) { $0.onlyDestination.map { [$0] } ?? [] }
      .map { (host: $0.key, work: $0.work) }
    byLink = Self.grouped(work, by: \.links).map { (link: $0.key, work: $0.work) }
  }

  private static func grouped(_ work: [Work], by keys: (Work) -> [Int]) -> [(key: Int, work: [Work])] {
    var groups: [Int: [Work]] = [:]
    for item in work {
      for key in keys(item) { groups[key, default: []].append(item) }
    }
    return groups.sorted { $0.key < $1.key }.map { (key: $0.key, work: $0.value) }
  }

  /// The bound under `limits`, which may be tighter than the policy's.
  func bound(_ limits: ConcurrencyLimits) -> (seconds: Double, reason: String) {
    var best = Best()
    if let longest = work.max(by: { $0.seconds < $1.seconds }) {
      best.consider(longest.seconds, "the longest migration, \(cluster.vm(longest.vm).id)")
    }
    for (source, own) in bySource { best.consider(bounds(of: source, own, limits)) }
    for (host, own) in byDestination {
      best.consider(slots(own, limits.inboundPerHost)) { count in
        "\(cluster.host(host).id): what can go nowhere else, \(count) at a time"
      }
    }
    for (link, own) in byLink { best.consider(bounds(ofLink: link, own)) }
    best.consider(slots(work, limits.perCluster)) { "all migrations, \($0) at a time in the cluster" }
    best.consider(receivers(limits))
    return (best.seconds, best.reason)
  }

  /// The largest so far.
  private struct Best {
    var seconds = 0.0
    var reason = "nothing to move"

    mutating func consider(_ seconds: Double, _ reason: @autoclosure () -> String) {
      if seconds > self.seconds * (1 + 1e-9) { (self.seconds, self.reason) = (seconds, reason()) }
    }

    mutating func consider(_ found: (seconds: Double, count: Int)?, _ reason: (Int) -> String) {
      if let found { consider(found.seconds, reason(found.count)) }
    }

    mutating func consider(_ others: [(seconds: Double, reason: String)]) {
      for other in others { consider(other.seconds, other.reason) }
    }
  }

  private func bounds(
    of source: Int, _ own: [Work], _ limits: ConcurrencyLimits
  ) -> [(seconds: Double, reason: String)] {
    let name = cluster.host(source).id
    var found: [(seconds: Double, reason: String)] = []
    if let slots = slots(own.filter { !$0.modes.contains(.cold) }, limits.liveOutboundPerHost) {
      found.append((slots.seconds, "\(name): its live and block migrations, \(slots.count) at a time"))
    }
    if let slots = slots(own.filter { $0.modes == [.cold] }, limits.coldOutboundPerHost) {
      found.append((slots.seconds, "\(name): its cold migrations, \(slots.count) at a time"))
    }
    return found + traffic(own, over: usable(cluster.host(source).migrationBandwidth), "\(name)", "its NIC")
  }

  private func bounds(ofLink link: Int, _ own: [Work]) -> [(seconds: Double, reason: String)] {
    let entry = cluster.inventory.links[link]
    return traffic(own, over: usable(entry.bandwidth), "\(entry.id)", "it, outwards")
  }

  /// What `own` has to send over a segment, and what of it `own` holds for how long.
  private func traffic(
    _ own: [Work], over capacity: Double, _ name: String, _ segment: String
  ) -> [(seconds: Double, reason: String)] {
    guard capacity > 0 else { return [] }
    let bytes = own.reduce(0) { $0 + $1.bytes }
    var found = [(bytes / capacity, "\(name): \(ByteCount(rounding: bytes)) over \(segment)")]
    let holders = own.filter { $0.reserved > 0 }
    if let least = holders.map(\.reserved).min(), capacity / least < Double(holders.count) {
      let count = Int(capacity / least * (1 + 1e-9))
      if let slots = slots(holders, .atMost(max(1, count))) {
        found.append(
          (slots.seconds, "\(name): the bandwidth of \(slots.count) migrations at a time over \(segment)"))
      }
      let area = holders.reduce(0) { $0 + $1.seconds * $1.reserved } / capacity
      found.append((area, "\(name): the bandwidth that its migrations hold of \(segment)"))
    }
    return found
  }

  /// All receivers together, each with its slots and its NIC.
  private func receivers(_ limits: ConcurrencyLimits) -> [(seconds: Double, reason: String)] {
    let hosts = cluster.inventory.hosts.indices.filter {
      cluster.host($0).state == .up && (!cluster.isDrained($0) || cluster.drainedHostsReturn)
    }
    guard !hosts.isEmpty else { return [] }
    var found: [(seconds: Double, reason: String)] = []
    if case .atMost(let limit) = limits.inboundPerHost {
      let (count, isTooMany) = limit.multipliedReportingOverflow(by: hosts.count)
      if !isTooMany, let slots = slots(work, .atMost(count)) {
        found.append((slots.seconds, "\(hosts.count) hosts that take arrivals, \(limit) at a time each"))
      }
    }
    let nics = hosts.reduce(0) { $0 + usable(cluster.host($1).migrationBandwidth) }
    let bytes = work.reduce(0) { $0 + $1.bytes }
    if nics > 0 {
      found.append(
        (bytes / nics, "\(ByteCount(rounding: bytes)) over the NICs of the hosts that take arrivals"))
    }
    return found
  }

  private func usable(_ rate: DataRate) -> Double {
    rate.bytesPerSecond * cluster.policy.network.usableShare.fraction
  }

  /// What `limit` slots need for `work`: their part of the sum, and of the first k·n + 1, the longest first, the
  /// k + 1 shortest, because one slot has to take as many of them.
  private func slots(_ work: [Work], _ limit: Limit) -> (seconds: Double, count: Int)? {
    guard case .atMost(let count) = limit, count > 0, !work.isEmpty else { return nil }
    let longestFirst = work.map(\.seconds).sorted(by: >)
    var best = longestFirst.reduce(0, +) / Double(count)
    var taken = 1
    while count > 1, count <= work.count, taken * count < work.count {
      best = max(best, longestFirst[(taken * count - taken)...(taken * count)].reduce(0, +))
      taken += 1
    }
    return (best, count)
  }
}
