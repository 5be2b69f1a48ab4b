import EvacuationModel
import Quantities

/// Hosts that no guest can tell apart before anything is placed: large clusters are bought in lots, so that rules
/// and paths need to be asked about a few hosts instead of thousands.
struct HostClasses: Sendable {
  /// Hosts of one kind behind one kind of path.
  struct Class: Sendable {
    /// In the inventory's order.
    var hosts: [Int]
    /// What the standing rules see; hosts of one kind have the same answer from each of them.
    let kind: Int
    /// What the paths to them cross; the way from one host to all of a kind carries the same.
    let pathKind: Int
  }

  /// In the order of their first hosts.
  let classes: [Class]
  /// Of each host.
  let classOf: [Int]
  /// One host of each kind.
  let kinds: [Int]
  /// One host of each kind of path.
  let pathKinds: [Int]

  private struct Kind: Hashable {
    let isDrained: Bool
    let offer: HostOffer
    let cpuModel: String?
  }

  private struct Pair: Hashable {
    let kind: Int
    let pathKind: Int
  }

  init(_ cluster: Cluster, paths: MigrationPaths) {
    var kinds = Numbering<Kind>()
    var pathKinds = Numbering<MigrationPaths.End>()
    var numbers = Numbering<Pair>()
    var classes: [Class] = []
    classOf = cluster.inventory.hosts.indices.map { host in
      let kind = kinds.number(
        of: Kind(
          isDrained: cluster.isDrained(host), offer: cluster.offers[host],
          cpuModel: cluster.inventory.hosts[host].cpuModel), for: host)
      let pathKind = pathKinds.number(of: paths.end(host), for: host)
      let number = numbers.number(of: Pair(kind: kind, pathKind: pathKind), for: host)
      if number == classes.count { classes.append(Class(hosts: [], kind: kind, pathKind: pathKind)) }
      classes[number].hosts.append(host)
      return number
    }
    self.classes = classes
    self.kinds = kinds.examples
    self.pathKinds = pathKinds.examples
  }
}

/// Numbers for different values, from 0 in the order in which they come up, each with its first example.
private struct Numbering<Value: Hashable> {
  private var numbers: [Value: Int] = [:]
  private(set) var examples: [Int] = []

  mutating func number(of value: Value, for example: Int) -> Int {
    if let number = numbers[value] { return number }
    numbers[value] = examples.count
    examples.append(example)
    return examples.count - 1
  }
}
