public import EvacuationModel

/// A move that somebody counts on already.
public struct KnownMove: Hashable, Sendable {
  /// Who moves.
  public let vm: VirtualMachine.ID
  /// To where.
  public let destination: Host.ID

  /// A move.
  public init(_ vm: VirtualMachine.ID, to destination: Host.ID) {
    self.vm = vm
    self.destination = destination
  }
}

/// Moves that somebody counts on already, by number, in their order.
struct KnownMoves: Sendable {
  let steps: [(vm: Int, host: Int)]

  init(_ moves: [KnownMove], in cluster: Cluster) {
    guard !moves.isEmpty else {
      steps = []
      return
    }
    let vms = firstNumbers(cluster.inventory.virtualMachines.map(\.id))
    let hosts = firstNumbers(cluster.inventory.hosts.map(\.id))
    steps = moves.compactMap { move in
      guard let vm = vms[move.vm], let host = hosts[move.destination], cluster.homes[vm] >= 0 else {
        return nil
      }
      return (vm, host)
    }
  }

  var isEmpty: Bool { steps.isEmpty }

  /// Where each guest ends up.
  var destinations: [Int: Int] { Dictionary(steps.map { ($0.vm, $0.host) }) { $1 } }

  /// `moves` in the known order, and after them those that are new; `nil` if nothing is known.
  func order(of moves: [Move]) -> [Int]? {
    guard !isEmpty else { return nil }
    var places: [[Int]: Int] = [:]
    for (place, step) in steps.enumerated() where places[[step.vm, step.host]] == nil {
      places[[step.vm, step.host]] = place
    }
    let known = moves.map { places[[$0.vm, $0.destination]] ?? steps.count }
    return moves.indices.sorted { (known[$0], $0) < (known[$1], $1) }
  }
}
