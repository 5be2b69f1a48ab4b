import EvacuationModel
import Quantities

/// In which order hosts are emptied: those that need the least room and time first, so that the room on the hosts
/// that are back grows as fast as it can.
enum RollingOrder {
  static func hosts(_ world: RollingWorld, settings: RollingSettings) -> [Int] {
    var draw = SeededGenerator(seed: settings.seed, stream: "order")
    let cluster = world.cluster
    let hosts = world.hosts.filter { world.isMaintainable[$0] }
    let mean = max(hosts.reduce(0) { $0 + world.work[$1] } / Double(max(1, hosts.count)), 1e-9)
    return hosts.map { host in
      let size = Double(max(1, cluster.offers[host].memory.bytes))
      return (
        host: host,
        weight: (Double(world.memory[host].bytes) / size + settings.timeWeight * world.work[host] / mean)
          * (1 + settings.noise * draw.fraction())
      )
    }.sorted { ($0.weight, $0.host) < ($1.weight, $1.host) }.map(\.host)
  }
}
