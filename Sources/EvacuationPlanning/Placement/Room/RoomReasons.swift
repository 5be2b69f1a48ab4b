import EvacuationModel

/// Says of moves that make room for whom they do it, and of those that need it whom they wait for.
struct RoomReasons: Sendable {
  let cluster: Cluster

  /// More names than this are counted.
  private static let mostNames = 3

  /// `moves` with these reasons before their own.
  func explained(_ moves: [Move]) -> [Move] {
    var made: [Int: [Move]] = [:]
    for move in moves {
      for maker in move.after { made[maker, default: []].append(move) }
    }
    return moves.enumerated().map { number, move in
      move.because([needs(move, among: moves), makes(move, for: made[number] ?? [])].compactMap(\.self))
    }
  }

  private func makes(_ move: Move, for others: [Move]) -> String? {
    // Who has to leave anyway does not do it for others.
    guard !cluster.isDrained(move.source) else { return nil }
    if let later = others.first(where: { $0.vm == move.vm }), others.count == 1 {
      return "waits on \(name(move.destination)) for room on \(name(later.destination))"
    }
    let names = names(others.filter { $0.vm != move.vm }.map(\.vm))
    return names.isEmpty ? nil : "makes room for \(names) on \(name(move.source))"
  }

  private func needs(_ move: Move, among moves: [Move]) -> String? {
    let makers = move.after.map { moves[$0] }.filter { $0.vm != move.vm && $0.source == move.destination }
    guard !makers.isEmpty else { return nil }
    return "needs the room that \(names(makers.map(\.vm))) \(makers.count == 1 ? "leaves" : "leave") on "
      + "\(name(move.destination))"
  }

  private func name(_ host: Int) -> String { cluster.host(host).id.name }

  private func names(_ vms: [Int]) -> String {
    let shown = vms.prefix(Self.mostNames).map { cluster.vm($0).id.name }.joined(separator: ", ")
    return vms.count > Self.mostNames ? "\(shown) and \(vms.count - Self.mostNames) more" : shown
  }
}
