import EvacuationModel
import Quantities

/// In which order hosts are emptied.
///
/// First those that cost the fewest moves, because their guests have to move again; then those that need the least
/// room and time, so that the room on the hosts that are back grows as fast as it can.
struct RollingOrder: Sendable {
  let hosts: [Int]

  init(_ world: RollingWorld, settings: RollingSettings) {
    let cluster = world.cluster
    let hosts = world.hosts.filter { world.isMaintainable[$0] }
    let memory = cluster.residents.map { $0.map(cluster.memory).sum() }
    let seconds = cluster.residents.map { $0.reduce(0) { $0 + world.seconds[$1] } }
    let mean = max(hosts.reduce(0) { $0 + seconds[$1] } / Double(max(1, hosts.count)), 1e-9)
    let burden = hosts.map { host in
      (
        host: host,
        weight: Double(memory[host].bytes) / Double(max(1, cluster.offers[host].memory.bytes))
          + settings.timeWeight * seconds[host] / mean
      )
    }.sorted { ($0.weight, $0.host) < ($1.weight, $1.host) }.map(\.host)
    let first = hosts.sorted { one, other in
      let counts = (cluster.residents[one].count, cluster.residents[other].count)
      if counts.0 != counts.1 { return counts.0 < counts.1 }
      return (memory[other], one) < (memory[one], other)
    }.prefix(settings.startHosts)
    let isFirst = Set(first)
    self.hosts = first + burden.filter { !isFirst.contains($0) }
  }
}
