import EvacuationModel
import MigrationSimulation
import Quantities

/// The network as numbered segments: each host's NIC in both directions, each shared link in both directions.
struct MigrationPaths: Sendable {
  let sharing: LinkSharing
  /// Of each segment, in bytes per second.
  let capacities: [Double]
  private let linksOf: [[Int]]
  let hostCount: Int
  private let linkCount: Int

  init(_ cluster: Cluster) {
    let inventory = cluster.inventory
    let share = cluster.policy.network.usableShare.fraction
    hostCount = inventory.hosts.count
    linkCount = inventory.links.count
    let numbers = firstNumbers(inventory.links.map(\.id))
    linksOf = inventory.hosts.map { host in Set(host.links.compactMap { numbers[$0] }).sorted() }
    // What is no rate carries nothing.
    func usable(_ rate: DataRate) -> Double { rate > .zero && share > 0 ? rate.bytesPerSecond * share : 0 }
    let nics = inventory.hosts.map { usable($0.migrationBandwidth) }
    let links = inventory.links.map { usable($0.bandwidth) }
    capacities = nics + nics + links + links
    sharing = LinkSharing(capacities: capacities)
  }

  /// The shared links that `host` lists, by number.
  func links(of host: Int) -> [Int] { linksOf[host] }

  /// The segments between two hosts: out of the one NIC and into the other, up the source's links and down the
  /// destination's. A link that both hosts list lies towards the core and is not crossed.
  func segments(from source: Int, to destination: Int) -> [Int] {
    let up = linksOf[source]
    let down = linksOf[destination]
    var segments = [source, hostCount + destination]
    guard up != down else { return segments }
    let base = 2 * hostCount
    segments += up.filter { !down.contains($0) }.map { base + $0 }
    segments += down.filter { !up.contains($0) }.map { base + linkCount + $0 }
    return segments
  }

  /// What a path crosses at one of its ends.
  struct End: Hashable, Sendable {
    let nic: Double
    let links: [Int]
  }

  /// The end at `host`; paths from one host to hosts with equal ends carry the same.
  func end(_ host: Int) -> End { End(nic: capacities[host], links: linksOf[host]) }

  /// What the narrowest segment between two hosts carries.
  func capacity(from source: Int, to destination: Int) -> DataRate {
    DataRate(bytesPerSecond: sharing.capacity(along: segments(from: source, to: destination)))
  }
}
