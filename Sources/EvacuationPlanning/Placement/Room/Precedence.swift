import EvacuationModel
import Quantities

/// Turns a sequence into what must come before what, so that a schedule may do the rest at once.
///
/// An arrival waits for those departures from its host that it needs although all arrivals that come earlier in the
/// sequence are there. That suffices in any order: of all that have started, take the last of the sequence; it
/// counted on all others. Members of anti-affinity groups wait for each other's departures, and a guest's second
/// move for its first.
struct Precedence: Sendable {
  private let cluster: Cluster
  private let steps: [SequenceStep]
  private let seconds: [Double]
  private let start: SequenceState
  private var arrivals: [Int: [Int]] = [:]
  private var departures: [Int: [Int]] = [:]
  private var lastOf: [Int: Int] = [:]
  /// When each would end with nothing but its predecessors in the way.
  private var ends: [Double] = []
  private(set) var after: [[Int]] = []

  /// `seconds` is what each step takes; `start` the state before the first.
  init(_ steps: [SequenceStep], seconds: [Double], from start: SequenceState) {
    self.steps = steps
    self.seconds = seconds
    self.start = start
    cluster = start.cluster
    for index in steps.indices { add(index) }
  }

  private mutating func add(_ index: Int) {
    let step = steps[index]
    var needed = Set(rivalDepartures(index))
    if let first = lastOf[step.vm] { needed.insert(first) }
    needed.formUnion(makersOfRoom(index, besides: needed))
    let before = needed.sorted()
    after.append(before)
    ends.append((before.map { ends[$0] }.max() ?? 0) + seconds[index])
    arrivals[step.destination, default: []].append(index)
    departures[step.source, default: []].append(index)
    lastOf[step.vm] = index
  }

  /// Every departure of another member from the place that is entered.
  private func rivalDepartures(_ index: Int) -> [Int] {
    let step = steps[index]
    let groups = cluster.groups.of(step.vm).filter { $0.relation == .antiAffinity && $0.strictness == .hard }
    return groups.flatMap { group -> [Int] in
      guard let place = cluster.places.place(of: step.destination, in: group.scope) else { return [] }
      let members = Set(group.members)
      return (0..<index).filter { other in
        let other = steps[other]
        return other.vm != step.vm && members.contains(other.vm)
          && cluster.places.place(of: other.source, in: group.scope) == place
          && cluster.places.place(of: other.destination, in: group.scope) != place
      }
    }
  }

  /// The departures that end earliest, as many as it takes, without those that turn out not to be needed.
  private func makersOfRoom(_ index: Int, besides given: Set<Int>) -> [Int] {
    let host = steps[index].destination
    let come = (arrivals[host] ?? []) + [index]
    let gone = given.filter { steps[$0].source == host }
    guard !isEnough(gone, for: come, on: host) else { return [] }
    let choices = (departures[host] ?? []).filter { !gone.contains($0) }
      .sorted { (ends[$0], $0) < (ends[$1], $1) }
    var chosen: [Int] = []
    for choice in choices {
      chosen.append(choice)
      if isEnough(gone.union(chosen), for: come, on: host) { break }
    }
    for choice in chosen.reversed() {
      let rest = chosen.filter { $0 != choice }
      if isEnough(gone.union(rest), for: come, on: host) { chosen = rest }
    }
    return chosen
  }

  private func isEnough(_ gone: Set<Int>, for come: [Int], on host: Int) -> Bool {
    let leave = gone.sorted().map { steps[$0].vm }
    let enter = come.map { steps[$0].vm }
    let memory = start.freeMemory[host] + leave.map(cluster.memory).sum() - enter.map(cluster.memory).sum()
    let cpus = enter.reduce(leave.reduce(start.freeCPUs[host]) { $0 + cluster.vcpus($1) }) {
      $0 - cluster.vcpus($1)
    }
    guard memory >= .zero || enter.allSatisfy({ cluster.memory($0) == .zero }),
      cpus >= 0 || enter.allSatisfy({ cluster.vcpus($0) == 0 })
    else { return false }
    return start.freeSpace[host].allSatisfy { pool, free in
      let back = leave.map { space(of: $0, in: pool, on: host) }.sum()
      return free + back >= enter.map { space(of: $0, in: pool, on: host) }.sum()
    }
  }

  private func space(of vm: Int, in pool: Datastore.ID, on host: Int) -> ByteCount {
    cluster.guests.localSpace(of: vm).filter { $0.pool == pool }
      .map { cluster.space(of: vm, in: $0, on: host) }.sum()
  }
}
