import EvacuationModel
import MigrationSimulation
import Quantities

/// What starts now.
extension RollingRun {
  /// So many destinations are tried where the network to the best ones is full.
  static let mostTries = 4

  mutating func startAll(in world: inout RollingWorld) {
    batch += 1
    for host in closed where slots.isOpen { drain(host, in: &world) }
    while slots.isOpen, let host = nextToClose(in: world) {
      close(host, guests: departures(from: host, in: world))
      drain(host, in: &world)
    }
    while slots.isOpen, moveAhead(in: &world) {}
  }

  /// The guests of `host`: urgent ones first, then the longest, which keeps its slots busy to the end.
  private func departures(from host: Int, in world: RollingWorld) -> [Int] {
    let cluster = state.cluster
    return state.residents[host].sorted { one, other in
      let priorities = (cluster.settings(of: one).priority, cluster.settings(of: other).priority)
      if priorities.0 != priorities.1 { return priorities.0 > priorities.1 }
      return (-world.seconds[one], one) < (-world.seconds[other], other)
    }
  }

  // MARK: Closing

  /// The next host for which there is room.
  private func nextToClose(in world: RollingWorld) -> Int? {
    guard !waiting.isEmpty, world.mostOut.allows(hostsOut + 1) else { return nil }
    let cluster = state.cluster
    let room = receivers.map { max(state.freeMemory[$0], .zero) }.sum() - committed
    let needed = waiting.map { cluster.offers[$0].memory - state.freeMemory[$0] }
    // Once there is room for everybody, the one with the most work goes first, so that none comes late.
    let order =
      room >= needed.sum()
      ? waiting.indices.sorted { work($0, world) > work($1, world) } : Array(waiting.indices)
    let place = order.first { place in
      let host = waiting[place]
      guard state.expected[host] == 0, state.keepsHeadroom(without: host) else { return false }
      if isEmergency || isAhead[host] { return true }
      return room >= needed[place] * settings.roomBeforeClosing
    }
    return place.map { waiting[$0] }
  }

  private func work(_ place: Int, _ world: RollingWorld) -> Double {
    world.work[waiting[place]]
  }

  // MARK: Leaving

  /// Starts whoever can leave `host` now.
  private mutating func drain(_ host: Int, in world: inout RollingWorld) {
    var place = 0
    while place < todo[host].count, slots.isOpen {
      let vm = todo[host][place]
      if slots.isOpen(from: host, cold: world.isCold[vm]), leave(vm, in: &world) {
        // Others of its bundle keep their places.
        todo[host].removeAll { $0 == vm }
      } else {
        place += 1
      }
    }
  }

  private mutating func leave(_ vm: Int, in world: inout RollingWorld) -> Bool {
    let source = state.hostOf[vm]
    guard let candidates = world.candidates(for: vm, from: source) else { return false }
    if let booked = state.booking(of: vm) { return start(vm, on: booked, candidates, world) }
    var tried: [Int] = []
    while tried.count < Self.mostTries {
      guard let host = destination(for: vm, candidates, except: tried, in: &world) else { return false }
      if bookBundle(of: vm, on: host, in: &world) {
        if start(vm, on: host, candidates, world) { return true }
        for other in world.bundles[vm] where state.booking(of: other) == host { state.cancel(other) }
      }
      tried.append(host)
    }
    return false
  }

  /// Starts `vm` on its way to `host`, if that takes it and all that must go with it.
  mutating func leave(_ vm: Int, for host: Int, in world: inout RollingWorld) {
    let source = state.hostOf[vm]
    guard let candidates = world.candidates(for: vm, from: source) else { return }
    if state.booking(of: vm) == nil {
      guard slots.isOpen(into: host), bookBundle(of: vm, on: host, in: &world) else { return }
    }
    if !start(vm, on: host, candidates, world) { state.cancel(vm) }
  }

  private mutating func destination(
    for vm: Int, _ candidates: CandidateHosts, except tried: [Int], in world: inout RollingWorld
  ) -> Int? {
    var best: (free: ByteCount, host: Int)?
    let needed = state.cluster.memory(vm)
    for host in receivers where slots.isOpen(into: host) && state.freeMemory[host] >= needed {
      let free = state.freeMemory[host]
      if let best, settings.spreads ? free <= best.free : free >= best.free { continue }
      guard !tried.contains(host), admits(vm, host, candidates) else { continue }
      best = (free, host)
    }
    if let best { return best.host }
    guard isEmergency else { return nil }
    return waitingHost(for: vm, candidates, except: tried, needsSlot: true, in: world)
  }

  /// The last in the order that can take `vm` meanwhile.
  func waitingHost(
    for vm: Int, _ candidates: CandidateHosts, except tried: [Int], needsSlot: Bool, in world: RollingWorld,
    keepingFrom first: Int = 0
  ) -> Int? {
    waiting.dropFirst(first).last { host in
      (!needsSlot || slots.isOpen(into: host)) && state.freeMemory[host] >= state.cluster.memory(vm)
        && !tried.contains(host) && !isAhead[host] && world.mayWait(vm, on: host)
        && admits(vm, host, candidates)
    }
  }

  func admits(_ vm: Int, _ host: Int, _ candidates: CandidateHosts) -> Bool {
    host != state.hostOf[vm] && candidates.way(to: host) != nil
      && PlacementRules.present(vm, on: host, in: state) == nil
  }

  /// Holds room on `host` for `vm` and all that must go with it; nothing where one of them does not fit.
  mutating func bookBundle(of vm: Int, on host: Int, in world: inout RollingWorld) -> Bool {
    let source = state.hostOf[vm]
    var booked: [Int] = []
    let bundle = [vm] + world.bundles[vm].filter { $0 != vm && state.hostOf[$0] == source }
    for member in bundle {
      guard let own = world.candidates(for: member, from: source), admits(member, host, own) else { break }
      state.book(member, on: host)
      booked.append(member)
    }
    guard booked.count < bundle.count else { return true }
    for member in booked { state.cancel(member) }
    return false
  }

  private mutating func start(
    _ vm: Int, on host: Int, _ candidates: CandidateHosts, _ world: RollingWorld
  ) -> Bool {
    guard slots.isOpen, slots.isOpen(into: host), let way = candidates.way(to: host) else { return false }
    let source = state.hostOf[vm]
    guard slots.isOpen(from: source, cold: way.decision.mode == .cold) else { return false }
    let settings = state.cluster.settings(of: vm)
    let move = Move(
      vm: vm, source: source, destination: host, decision: way.decision, priority: settings.priority,
      maxDowntime: settings.maxDowntime, segments: world.paths.segments(from: source, to: host),
      capacity: way.capacity.bytesPerSecond)
    contention.append(move)
    needs.append()
    guard contention.leavesEnough(for: moves.count, needs: &needs) else {
      contention.removeLast()
      needs.removeLast()
      return false
    }
    if phases[source] == .closed, !isAhead[source] { committed -= state.cluster.memory(vm) }
    start(move)
    return true
  }

  // MARK: Ahead of their turn

  /// While slots are idle and no room is left, the largest guest of the hosts that are next leaves for a host that
  /// comes last: one move more, and much less room that its host will need.
  private mutating func moveAhead(in world: inout RollingWorld) -> Bool {
    guard settings.lookAhead > 0, extraMoves + booked < settings.extraMoves else {
      return false
    }
    let next = waiting.prefix(settings.lookAhead)
    let sources =
      closed.filter { !isAhead[$0] }.prefix(settings.lookAhead)
      + (world.mostOut.allows(hostsOut + 1) ? next : [])
    var best: (memory: ByteCount, vm: Int, host: Int)?
    for source in sources {
      for vm in phases[source] == .closed ? todo[source] : state.residents[source] {
        let memory = state.cluster.memory(vm)
        guard memory >= settings.largeGuest, memory > best?.memory ?? .zero, world.bundles[vm].count == 1,
          slots.isOpen(from: source, cold: world.isCold[vm]),
          phases[source] == .closed || (state.expected[source] == 0 && state.keepsHeadroom(without: source)),
          let candidates = world.candidates(for: vm, from: source),
          let host = waitingHost(
            for: vm, candidates, except: [], needsSlot: true, in: world, keepingFrom: settings.lookAhead)
        else { continue }
        best = (memory, vm, host)
      }
    }
    guard let best, let candidates = world.candidates(for: best.vm, from: state.hostOf[best.vm]) else {
      return false
    }
    let source = state.hostOf[best.vm]
    if phases[source] == .waiting { close(source, guests: departures(from: source, in: world)) }
    state.book(best.vm, on: best.host)
    guard start(best.vm, on: best.host, candidates, world) else {
      state.cancel(best.vm)
      return false
    }
    todo[source].removeAll { $0 == best.vm }
    return true
  }
}
