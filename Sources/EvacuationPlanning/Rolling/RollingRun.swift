import EvacuationModel
import MigrationSimulation
import Quantities

/// One try at a rolling maintenance, played through from event to event.
///
/// A host is closed, its guests leave, its maintenance begins when the last one has gone, and it takes arrivals as
/// soon as it is back. Destinations are chosen when a migration starts, among the hosts that are back.
struct RollingRun {
  /// Where a host is on its way.
  enum Phase: Hashable, Sendable {
    /// Its turn is to come; it serves, and only guests that have to move again go there.
    case waiting
    /// Guests leave it.
    case closed
    /// Empty, in maintenance.
    case out
    /// Takes arrivals for good: back, or never to be maintained.
    case open
  }

  /// When a host was out of service, in seconds.
  struct Absence: Hashable, Sendable {
    let closed: Double
    let drained: Double
    let back: Double
  }

  let settings: RollingSettings
  let limits: ConcurrencyLimits
  let maintenance: Double
  var state: RollingState
  var slots: SlotCount
  var contention: PathContention
  var needs: ShareNeeds
  var simulation: TransferSimulation
  var phases: [Phase]
  /// Hosts whose turn is to come, in their order.
  var waiting: [Int]
  /// Hosts that are being emptied, in the order in which they were closed.
  var closed: [Int] = []
  /// The guests that have yet to start, by host.
  var todo: [[Int]]
  /// Memory of all of them.
  var committed = ByteCount.zero
  /// The hosts that take arrivals for good, by number.
  var receivers: [Int]
  /// Whether a host's guests may go to hosts whose turn is to come.
  var isAhead: [Bool]
  var extraMoves = 0
  /// Extra moves for which room is held and that have not started.
  var booked = 0
  /// Nothing is under way and nothing fits: whatever gets on is permitted.
  var isEmergency = false
  var batch = 0
  var underWay = 0
  private(set) var moves: [Move] = []
  private(set) var entries: [Timetable.Entry] = []
  private(set) var runs: [MigrationRun?] = []
  private(set) var absences: [Int: Absence] = [:]
  private(set) var abandoned: [Int] = []
  private var begun: [(batch: Int, waitedFor: [Int])] = []
  private var closedAt: [Double?]
  /// The moves that have left each host, since its maintenance began only the last: whoever arrives depends on them.
  private var departures: [[Int]]
  private var lastMove: [Int: Int] = [:]
  private var hasEnded: [Bool] = []
  private var justEnded: [Int] = []

  init(_ world: RollingWorld, settings: RollingSettings) {
    self.settings = settings
    let cluster = world.cluster
    limits = cluster.policy.concurrency
    maintenance = cluster.policy.maintenance.durationPerHost.seconds
    state = RollingState(cluster)
    let count = cluster.inventory.hosts.count
    slots = SlotCount(limits, hostCount: count)
    contention = PathContention([], paths: world.paths)
    needs = ShareNeeds([])
    simulation = TransferSimulation(sharing: world.paths.sharing)
    let phases: [Phase] = world.isMaintainable.map { $0 ? .waiting : .open }
    self.phases = phases
    waiting = RollingOrder.hosts(world, settings: settings)
    isAhead = [Bool](repeating: false, count: count)
    todo = [[Int]](repeating: [], count: count)
    receivers = phases.indices.filter { phases[$0] == .open && cluster.host($0).state == .up }
    closedAt = [Double?](repeating: nil, count: count)
    departures = [[Int]](repeating: [], count: count)
  }

  var makespan: Double {
    max(absences.values.reduce(0) { max($0, $1.back) }, entries.reduce(0) { max($0, $1.end) })
  }

  /// Plays it through.
  mutating func run(in world: inout RollingWorld) {
    chooseFirst(in: &world)
    reserveCapacity(world.cluster.leaving.count * 9 / 8 + 16)
    while true {
      if limits.batching == .rolling || underWay == 0 { startAll(in: &world) }
      takeOut()
      if simulation.isIdle {
        guard getOn(in: &world) else { return }
        continue
      }
      isEmergency = false
      guard advance(in: world) else { return }
    }
  }

  private mutating func reserveCapacity(_ count: Int) {
    moves.reserveCapacity(count)
    runs.reserveCapacity(count)
    begun.reserveCapacity(count)
    entries.reserveCapacity(count)
    contention.reserveCapacity(count)
    needs.reserveCapacity(count)
  }

  /// Nothing runs and nothing will: more is permitted, and if that is no use, a host is given up. Whether there is
  /// anything left to do.
  private mutating func getOn(in world: inout RollingWorld) -> Bool {
    guard isEmergency else {
      isEmergency = true
      return !closed.isEmpty || !waiting.isEmpty
    }
    guard let host = closed.first ?? waiting.first else { return false }
    abandon(host)
    isEmergency = false
    return true
  }

  mutating func advance(in world: RollingWorld) -> Bool {
    let ended = simulation.nextEnd()
    justEnded = ended.lazy.map(\.move).filter { $0 >= 0 }
    for finished in ended {
      if finished.move < 0 { comeBack(-finished.move - 1) } else { end(finished) }
    }
    return !ended.isEmpty
  }

  // MARK: Hosts

  /// Closes `host`, whose guests leave in the order `guests`.
  mutating func close(_ host: Int, guests: [Int]) {
    waiting.removeAll { $0 == host }
    phases[host] = .closed
    state.setInService(host, false)
    closed.append(host)
    todo[host] = guests
    if !isAhead[host] { committed += guests.map(state.cluster.memory).sum() }
    closedAt[host] = simulation.clock
  }

  /// Begins the maintenance of every host that is empty.
  private mutating func takeOut() {
    for host in closed where state.residents[host].isEmpty && state.expected[host] == 0 {
      phases[host] = .out
      departures[host] = departures[host].suffix(1)
      simulation.wait(maintenance, as: -host - 1)
      let now = simulation.clock
      absences[host] = Absence(closed: closedAt[host] ?? now, drained: now, back: now + maintenance)
    }
    closed.removeAll { phases[$0] == .out }
  }

  private mutating func comeBack(_ host: Int) { open(host) }

  private mutating func open(_ host: Int) {
    phases[host] = .open
    state.setInService(host, true)
    guard state.cluster.host(host).state == .up else { return }
    receivers.insert(host, at: receivers.firstIndex { $0 > host } ?? receivers.count)
  }

  private mutating func abandon(_ host: Int) {
    closed.removeAll { $0 == host }
    waiting.removeAll { $0 == host }
    if !isAhead[host] { committed -= todo[host].map(state.cluster.memory).sum() }
    for vm in state.residents[host] where !isMoving(vm) { state.cancel(vm) }
    todo[host] = []
    abandoned.append(host)
    open(host)
  }

  var hostsOut: Int { closed.count + phases.count { $0 == .out } }

  // MARK: Guests

  /// Whether `vm` is on its way.
  func isMoving(_ vm: Int) -> Bool { lastMove[vm].map { !hasEnded[$0] } ?? false }

  /// Starts the migration of `vm`, for whom room is held.
  mutating func start(_ move: Move) {
    let number = moves.count
    moves.append(move)
    runs.append(nil)
    hasEnded.append(false)
    contention.add(number, needs: needs)
    slots.add(move)
    simulation.start(move, as: number)
    underWay += 1
    begun.append((batch, causes(of: move)))
    lastMove[move.vm] = number
    if phases[move.destination] != .open { extraMoves += 1 }
    if isAhead[move.source] { booked = max(0, booked - 1) }
  }

  private func causes(of move: Move) -> [Int] {
    let near = justEnded.filter { other in
      moves[other].source == move.source || moves[other].destination == move.destination
        || moves[other].source == move.destination
    }
    var causes = near.isEmpty ? justEnded : near
    for other in [lastMove[move.vm]].compactMap(\.self) + departures[move.destination]
    where !causes.contains(other) {
      causes.append(other)
    }
    return causes.sorted()
  }

  private mutating func end(_ finished: TransferSimulation.Finished) {
    slots.remove(moves[finished.move])
    contention.remove(finished.move)
    underWay -= 1
    state.arrive(moves[finished.move].vm)
    departures[moves[finished.move].source].append(finished.move)
    runs[finished.move] = simulation.run(of: finished)
    hasEnded[finished.move] = true
    let begin = begun[finished.move]
    entries.append(
      Timetable.Entry(
        move: finished.move, batch: begin.batch, start: finished.start, end: finished.end,
        share: finished.share, waitedFor: begin.waitedFor))
  }
}
