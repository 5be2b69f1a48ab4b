import EvacuationModel
import MigrationSimulation
import Quantities

/// Finds the candidates of one guest after the other. Rules are asked once for each kind of host and modes are
/// chosen once for each capacity; guests with the same answers share one list.
struct CandidateSearch: Sendable {
  private let cluster: Cluster
  private let paths: MigrationPaths
  private let chooser: ModeChooser
  private let classes: HostClasses
  /// From a host to each kind of path, in bytes per second.
  private var capacities: [Int: [Double]] = [:]
  /// By the way to each class of hosts.
  private var lists: [[Int]: [CandidateHosts.Candidate]] = [:]

  private static let notAWay = -1
  private static let noHost = -1

  init(_ cluster: Cluster, paths: MigrationPaths, chooser: ModeChooser) {
    self.cluster = cluster
    self.paths = paths
    self.chooser = chooser
    classes = HostClasses(cluster, paths: paths)
  }

  /// The hosts that may ever take `vm`.
  mutating func candidates(for vm: Int) -> CandidateHosts {
    let home = cluster.homes[vm]
    return candidates(for: vm, from: home, except: home)
  }

  /// The same for a guest that is on `source` by then; `source` itself may be among them.
  mutating func candidates(for vm: Int, from source: Int) -> CandidateHosts {
    candidates(for: vm, from: source, except: Self.noHost)
  }

  private mutating func candidates(for vm: Int, from source: Int, except home: Int) -> CandidateHosts {
    let isAdmitted = classes.kinds.map { PlacementRules.ofItsKind(vm, on: $0, in: cluster) == nil }
    let permitted = cluster.guests[vm]?.permittedHosts?.filter { $0 != home }.sorted()
    var decisions = Decisions(vm: vm, capacities: capacities(from: source))
    var ways = [Int](repeating: Self.notAWay, count: classes.classes.count)
    for number in asked(permitted) where isAdmitted[classes.classes[number].kind] {
      let own = classes.classes[number]
      guard own.hosts != [source] else { continue }
      ways[number] = decisions.way(to: number, pathKind: own.pathKind) { capacity throws(ModeRefusal) in
        try chooser.choose(cluster.vm(vm), settings: cluster.settings(of: vm), capacity: capacity)
      }
    }
    let list = list(ways, permitted: permitted, home: home)
    return CandidateHosts(
      vm: vm, ways: decisions.ways, candidates: list, modeRefusal: list.isEmpty ? decisions.refused : nil,
      classes: classes, slow: decisions.slow)
  }

  /// The classes of the hosts that come into question, in the order of their first hosts.
  private func asked(_ permitted: [Int]?) -> [Int] {
    guard let permitted else { return Array(classes.classes.indices) }
    var seen: Set<Int> = []
    return permitted.map { classes.classOf[$0] }.filter { seen.insert($0).inserted }
  }

  private mutating func capacities(from home: Int) -> [Double] {
    if let known = capacities[home] { return known }
    let own = classes.pathKinds.map { paths.capacity(from: home, to: $0).bytesPerSecond }
    capacities[home] = own
    return own
  }

  private mutating func list(
    _ ways: [Int], permitted: [Int]?, home: Int
  ) -> [CandidateHosts.Candidate] {
    if let permitted { return Self.list(permitted, ways, classes) }
    let all = lists[ways] ?? Self.list(cluster.inventory.hosts.indices, ways, classes)
    lists[ways] = all
    guard home >= 0, ways[classes.classOf[home]] != Self.notAWay else { return all }
    return all.filter { $0.host != home }
  }

  private static func list(
    _ hosts: some Sequence<Int>, _ ways: [Int], _ classes: HostClasses
  ) -> [CandidateHosts.Candidate] {
    hosts.compactMap { host in
      let way = ways[classes.classOf[host]]
      return way == notAWay ? nil : CandidateHosts.Candidate(host: host, way: way)
    }
  }

  /// How one guest would move, capacity by capacity.
  private struct Decisions {
    let vm: Int
    let capacities: [Double]
    private(set) var ways: [CandidateHosts.Way] = []
    private(set) var slow: [Int: PlacementRefusal] = [:]
    private(set) var refused: ModeRefusal?
    private var decided: [(capacity: Double, way: Result<Int, ModeRefusal>)] = []

    init(vm: Int, capacities: [Double]) {
      self.vm = vm
      self.capacities = capacities
    }

    /// The index of the way to hosts of class `number`.
    mutating func way(
      to number: Int, pathKind: Int, choose: (DataRate) throws(ModeRefusal) -> ModeDecision
    ) -> Int {
      let capacity = DataRate(bytesPerSecond: capacities[pathKind])
      switch decision(over: capacity, choose: choose) {
      case .success(let way): return way
      case .failure(let refusal):
        if refusal.isFinal || refused == nil { refused = refusal }
        slow[number] = .tooSlow(carries: capacity, needs: refusal.bandwidthNeeded)
        return CandidateSearch.notAWay
      }
    }

    private mutating func decision(
      over capacity: DataRate, choose: (DataRate) throws(ModeRefusal) -> ModeDecision
    ) -> Result<Int, ModeRefusal> {
      if let known = decided.first(where: { $0.capacity == capacity.bytesPerSecond }) { return known.way }
      let way = Result { () throws(ModeRefusal) in
        ways.append(CandidateHosts.Way(decision: try choose(capacity), capacity: capacity))
        return ways.count - 1
      }
      decided.append((capacity.bytesPerSecond, way))
      return way
    }
  }
}
