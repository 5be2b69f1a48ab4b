/// When each move of a plan runs; the lightest form of a schedule, of which a search makes many.
struct Timetable: Sendable {
  struct Entry: Sendable {
    /// Index into the moves.
    let move: Int
    let batch: Int
    let start: Double
    let end: Double
    /// The lowest share it had while it transferred, in bytes per second.
    let share: Double
    /// Indices of moves whose end it waited for.
    let waitedFor: [Int]
  }

  /// In order of start.
  let entries: [Entry]
  let makespan: Double

  /// Moves that start together stand as in `order`, which holds every move once.
  init(_ entries: [Entry], order: [Int]) {
    var place = [Int](repeating: 0, count: order.count)
    for (index, move) in order.enumerated() { place[move] = index }
    self.entries = entries.sorted { one, other in
      one.start != other.start ? one.start < other.start : place[one.move] < place[other.move]
    }
    makespan = entries.reduce(0) { max($0, $1.end) }
  }

  /// The moves that lead to the last end, the last first: each waited for the one after it.
  var criticalChain: [Int] {
    let places = Dictionary(
      entries.enumerated().map { ($1.move, $0) }, uniquingKeysWith: { first, _ in first })
    guard var place = entries.indices.max(by: { entries[$0].end < entries[$1].end }) else { return [] }
    var chain = [entries[place].move]
    while chain.count < entries.count {
      let before = entries[place].waitedFor.compactMap { places[$0] }
      guard let next = before.max(by: { entries[$0].end < entries[$1].end }) else { break }
      place = next
      chain.append(entries[place].move)
    }
    return chain
  }
}
