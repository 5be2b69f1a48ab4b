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

  let vm: Int
  let ways: [Way]
  /// In the inventory's order.
  let candidates: [Candidate]
  /// Why no path would do, whatever the host.
  let modeRefusal: ModeRefusal?
  let classes: HostClasses
  /// The kinds of hosts to which the paths are too slow, by class.
  let slow: [Int: PlacementRefusal]

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

  /// Why the others may not, in the inventory's order; found out only for who stays.
  func refusals(in cluster: Cluster) -> [(host: Int, reason: PlacementRefusal)] {
    cluster.inventory.hosts.indices.compactMap { host in
      guard host != cluster.homes[vm] else { return nil }
      let reason = PlacementRules.standing(vm, on: host, in: cluster) ?? slow[classes.classOf[host]]
      return reason.map { (host, $0) }
    }
  }
}
