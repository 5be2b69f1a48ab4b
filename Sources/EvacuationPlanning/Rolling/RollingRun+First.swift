import EvacuationModel
import Quantities

/// How a rolling maintenance gets going: no host is back yet, so that the guests of the first hosts go to hosts
/// whose turn comes last, and move again from there.
extension RollingRun {
  /// Chooses the first hosts, those with the fewest guests, as long as room can be held for all guests of each and
  /// the moves suffice.
  mutating func chooseFirst(in world: inout RollingWorld) {
    let candidates = waiting.sorted { one, other in
      let counts = (state.residents[one].count, state.residents[other].count)
      if counts.0 != counts.1 { return counts.0 < counts.1 }
      return (world.memory[other], one) < (world.memory[one], other)
    }
    var movesLeft = settings.extraMoves
    var first: [Int] = []
    let most = min(settings.startHosts, world.mostOut.count)
    for host in candidates where first.count < most {
      let count = state.residents[host].count
      guard count <= movesLeft, state.expected[host] == 0, !world.isHelped || first.isEmpty || count == 0
      else {
        continue
      }
      isAhead[host] = true
      guard bookAll(of: host, in: &world) else {
        isAhead[host] = false
        continue
      }
      movesLeft -= count
      booked += count
      first.append(host)
    }
    if settings.startsWithLeastWork {
      first.sort { (world.work[$0], $0) < (world.work[$1], $1) }
    }
    waiting = first + waiting.filter { !isAhead[$0] }
  }

  /// Holds room for every guest of `host`, the largest first, on the last hosts that take them; for none if one of
  /// them finds no room.
  private mutating func bookAll(of host: Int, in world: inout RollingWorld) -> Bool {
    let guests = state.residents[host].sorted { one, other in
      (state.cluster.memory(other), one) < (state.cluster.memory(one), other)
    }
    for vm in guests where state.booking(of: vm) == nil {
      guard let candidates = world.candidates(for: vm, from: host) else { continue }
      var tried: [Int] = []
      while state.booking(of: vm) == nil,
        let other = receivers.first(where: { !tried.contains($0) && admits(vm, $0, candidates) })
          ?? waitingHost(for: vm, candidates, except: tried, needsSlot: false, in: world)
      {
        if !bookBundle(of: vm, on: other, in: &world) { tried.append(other) }
        if tried.count >= Self.mostTries { break }
      }
      guard state.booking(of: vm) != nil else {
        for guest in guests { state.cancel(guest) }
        return false
      }
    }
    return true
  }
}
