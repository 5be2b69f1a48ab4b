import EvacuationModel
import MigrationSimulation
import Quantities

/// The hosts that may ever take a virtual machine, with the way it would move there.
struct CandidateHosts: Sendable {
  /// A way of moving, the same for all hosts whose paths carry the same.
  struct Way: Sendable {
    let decision: ModeDecision
    let capacity: DataRate
  }

  struct Candidate: Sendable {
    let host: Int
    /// Index into the ways.
    let way: Int
  }

  private(set) var ways: [Way] = []
  /// In the inventory's order.
  private(set) var candidates: [Candidate] = []
  /// Why the others may not, in the inventory's order.
  private(set) var refusals: [(host: Int, reason: PlacementRefusal)] = []
  /// Why no path would do, whatever the host.
  private(set) var modeRefusal: ModeRefusal?

  /// `capacities` are those of the paths from the guest's host to every host, in bytes per second.
  init(_ vm: Int, in cluster: Cluster, capacities: [Double], chooser: ModeChooser) {
    var decided: [Double: Result<Int, ModeRefusal>] = [:]
    var refused: ModeRefusal?
    for host in cluster.inventory.hosts.indices where host != cluster.homes[vm] {
      if let reason = PlacementRules.standing(vm, on: host, in: cluster) {
        refusals.append((host, reason))
        continue
      }
      let capacity = DataRate(bytesPerSecond: capacities[host])
      let way = decided[capacities[host]] ?? decide(vm, in: cluster, capacity: capacity, chooser: chooser)
      decided[capacities[host]] = way
      switch way {
      case .success(let way): candidates.append(Candidate(host: host, way: way))
      case .failure(let refusal):
        if refusal.isFinal || refused == nil { refused = refusal }
        refusals.append((host, .tooSlow(carries: capacity, needs: refusal.bandwidthNeeded)))
      }
    }
    modeRefusal = candidates.isEmpty ? refused : nil
  }

  /// The index of the way over a path that carries `capacity`.
  private mutating func decide(
    _ vm: Int, in cluster: Cluster, capacity: DataRate, chooser: ModeChooser
  ) -> Result<Int, ModeRefusal> {
    Result { () throws(ModeRefusal) in
      let decision = try chooser.choose(
        cluster.vm(vm), settings: cluster.settings(of: vm), capacity: capacity)
      ways.append(Way(decision: decision, capacity: capacity))
      return ways.count - 1
    }
  }

  /// The way to `host`, if it is a candidate.
  func way(to host: Int) -> Way? {
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle].host < host { low = middle + 1 } else { high = middle }
    }
    guard low < candidates.count, candidates[low].host == host else { return nil }
    return ways[candidates[low].way]
  }
}
