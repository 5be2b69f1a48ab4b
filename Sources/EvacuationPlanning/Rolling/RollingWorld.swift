import EvacuationModel
import MigrationSimulation
import Quantities

/// What every try at a rolling maintenance looks up: who is to be maintained, and how each guest moves.
struct RollingWorld {
  let cluster: Cluster
  let paths: MigrationPaths
  /// The hosts to maintain, in the inventory's order.
  let hosts: [Int]
  let isMatching: [Bool]
  /// How many of them may be out at once.
  let mostOut: Limit
  /// Guests that cannot go to any host whatever happens; their hosts are not maintained.
  let stuck: [Int]
  /// Whether a host is to be maintained and nothing keeps its guests there for ever.
  let isMaintainable: [Bool]
  /// The guests that go to the same host as each one, itself included.
  let bundles: [[Int]]
  /// Seconds that each takes alone on its best way, and whether that is cold.
  let seconds: [Double]
  let isCold: [Bool]
  /// Memory and seconds of all guests of each host.
  let memory: [ByteCount]
  let work: [Double]
  /// Whether some host takes arrivals for good from the start.
  let isHelped: Bool
  private var search: CandidateSearch
  private let fromHome: [CandidateHosts?]
  private var fromElsewhere: [Int: CandidateHosts] = [:]

  init(_ cluster: Cluster, matching hosts: [Int], paths: MigrationPaths, chooser: ModeChooser) {
    self.cluster = cluster
    self.paths = paths
    self.hosts = hosts
    var search = CandidateSearch(cluster, paths: paths, chooser: chooser)
    var isMatching = [Bool](repeating: false, count: cluster.inventory.hosts.count)
    for host in hosts { isMatching[host] = true }
    self.isMatching = isMatching
    mostOut = cluster.policy.maintenance.maxHostsOut.limit(of: hosts.count)
    let none = [Double](repeating: 0, count: cluster.homes.count)
    var fromHome = [CandidateHosts?](repeating: nil, count: none.count)
    var seconds = none
    var isCold = none.map { _ in false }
    for vm in cluster.leaving {
      let own = search.candidates(for: vm, from: cluster.homes[vm])
      let best = own.ways.map(\.decision).min { Self.duration($0) < Self.duration($1) }
      seconds[vm] = best.map(Self.duration) ?? 0
      isCold[vm] = best?.mode == .cold
      fromHome[vm] = own
    }
    self.fromHome = fromHome
    self.seconds = seconds
    self.isCold = isCold
    self.search = search
    bundles = Self.bundles(cluster)
    stuck = cluster.leaving.filter { vm in
      !(fromHome[vm]?.candidates.contains { $0.host != cluster.homes[vm] } ?? false)
    }
    var isMaintainable = isMatching
    for vm in stuck { isMaintainable[cluster.homes[vm]] = false }
    self.isMaintainable = isMaintainable
    isHelped = isMaintainable.indices.contains { !isMaintainable[$0] && cluster.host($0).state == .up }
    memory = cluster.residents.map { $0.map(cluster.memory).sum() }
    work = cluster.residents.map { $0.reduce(0) { $0 + seconds[$1] } }
  }

  private static func duration(_ decision: ModeDecision) -> Double {
    decision.forecast.duration?.seconds ?? .infinity
  }

  private static func bundles(_ cluster: Cluster) -> [[Int]] {
    let all = Set(cluster.leaving)
    var bundles = cluster.homes.indices.map { [$0] }
    for vm in cluster.leaving where !cluster.groups.of(vm).isEmpty {
      bundles[vm] = cluster.groups.bundle(of: vm, among: all)
    }
    return bundles
  }

  /// The hosts that may ever take `vm` and how it moves there, from its home.
  func candidatesFromHome(of vm: Int) -> CandidateHosts? { fromHome[vm] }

  /// The hosts that may ever take `vm` when it is on `source`, `source` among them.
  mutating func candidates(for vm: Int, from source: Int) -> CandidateHosts? {
    if source == cluster.homes[vm] { return fromHome[vm] }
    let key = vm * isMatching.count + source
    if let known = fromElsewhere[key] { return known }
    let own = search.candidates(for: vm, from: source)
    fromElsewhere[key] = own
    return own
  }

  /// Whether `vm`, which has to move again from there, may stay on `host` meanwhile. A running guest keeps the CPU
  /// that it saw at home, so that only a host with the same model leads everywhere that its home does.
  func mayWait(_ vm: Int, on host: Int) -> Bool {
    let guest = cluster.vm(vm)
    guard guest.state != .stopped, guest.cpuModel == "host-model" || guest.cpuModel == "host-passthrough"
    else {
      return true
    }
    return cluster.host(host).cpuModel == cluster.host(cluster.homes[vm]).cpuModel
  }
}
