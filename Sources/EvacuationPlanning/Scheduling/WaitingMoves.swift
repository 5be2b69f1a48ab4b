import EvacuationModel

/// Moves that have not started, so laid out that after an event only those are looked at that it may have freed:
/// one queue for each source and each of its two kinds of slot, in the order of preference.
///
/// A queue sleeps while its source has no slot free, or while nothing in it could start. It wakes when a slot of
/// its source is free again, when one of the hosts that were full for its members has room, when what a member has
/// to follow has ended, and at every end when it was the network that had no room.
struct WaitingMoves: Sendable {
  /// Why a move cannot start now.
  enum Obstacle: Sendable {
    /// No slot at its source.
    case source
    /// No slot at its destination.
    case destination
    /// Another move that has not ended.
    case precedence(Int)
    /// The network.
    case network
    /// The network, for whatever leaves this source by a slot of this kind.
    case networkOfSource
    /// No slot in the cluster.
    case cluster
    /// It must not be under way before this moment.
    case time(Double)
  }

  private struct Queue: Sendable {
    /// Moves, the most wanted first.
    var moves: [Int] = []
    /// The first that has not been looked at since it woke.
    var next = 0
    var version = 0
    var isAwake = false
  }

  private let rank: [Int]
  private let queueOf: [Int]
  private let destinations: [Int]
  private var queues: [Queue]
  /// Queues that are awake, by the rank of their next move.
  private var awake = VersionedQueue()
  private var versions = 0
  private var sleepersByDestination: [[Int]]
  private var sleepersByMove: [Int: [Int]] = [:]
  private var sleepersByNetwork: [Int] = []
  private var sleepersByTime: [(time: Double, queue: Int)] = []

  /// All of `order` waits, the most wanted first.
  init(_ order: [Int], of moves: [Move]) {
    let hosts = 1 + (moves.map { max($0.source, $0.destination) }.max() ?? 0)
    var rank = [Int](repeating: 0, count: moves.count)
    for (place, move) in order.enumerated() { rank[move] = place }
    self.rank = rank
    queueOf = moves.map(\.queue)
    destinations = moves.map(\.destination)
    queues = [Queue](repeating: Queue(), count: 2 * hosts)
    sleepersByDestination = [[Int]](repeating: [], count: hosts)
    for move in order { queues[queueOf[move]].moves.append(move) }
    for queue in queues.indices { wake(queue) }
  }

  /// Asks `start` for one move after the other, the most wanted first: it starts the move, or says what is in the
  /// way.
  mutating func startAll(_ start: (Int) -> Obstacle?) {
    while let event = awake.first {
      let number = event.number
      guard queues[number].version == event.version else {
        awake.removeFirst()
        continue
      }
      let move = queues[number].moves[queues[number].next]
      switch start(move) {
      case nil:
        queues[number].moves.remove(at: queues[number].next)
      case .cluster: return
      case .source:
        awake.removeFirst()
        queues[number].isAwake = false
        continue
      case .destination:
        sleepersByDestination[destinations[move]].append(number)
        queues[number].next += 1
      case .precedence(let other):
        sleepersByMove[other, default: []].append(number)
        queues[number].next += 1
      case .time(let time):
        sleepersByTime.append((time, number))
        queues[number].next += 1
      case .network:
        sleepersByNetwork.append(number)
        queues[number].next += 1
      case .networkOfSource:
        sleepersByNetwork.append(number)
        awake.removeFirst()
        queues[number].isAwake = false
        continue
      }
      awake.removeFirst()
      enqueue(number)
    }
  }

  /// `move` has ended: whoever waited for what it held is looked at again.
  mutating func ended(_ move: Int) {
    wake(queueOf[move])
    for queue in sleepersByDestination[destinations[move]] { wake(queue) }
    sleepersByDestination[destinations[move]].removeAll(keepingCapacity: true)
    for queue in sleepersByMove.removeValue(forKey: move) ?? [] { wake(queue) }
    for queue in sleepersByNetwork { wake(queue) }
    sleepersByNetwork.removeAll(keepingCapacity: true)
  }

  /// The first moment at which a move may start that must not before.
  var nextOpening: Double? { sleepersByTime.lazy.map(\.time).min() }

  /// It is `time` now: whoever waited for that is looked at again.
  mutating func passed(_ time: Double) {
    guard !sleepersByTime.isEmpty else { return }
    for sleeper in sleepersByTime where sleeper.time <= time + 1e-6 { wake(sleeper.queue) }
    sleepersByTime.removeAll { $0.time <= time + 1e-6 }
  }

  private mutating func wake(_ queue: Int) {
    guard !queues[queue].isAwake || queues[queue].next > 0 else { return }
    queues[queue].next = 0
    enqueue(queue)
  }

  private mutating func enqueue(_ queue: Int) {
    queues[queue].isAwake = queues[queue].next < queues[queue].moves.count
    guard queues[queue].isAwake else { return }
    versions += 1
    queues[queue].version = versions
    awake.insert(
      .init(key: Double(rank[queues[queue].moves[queues[queue].next]]), number: queue, version: versions))
  }
}
