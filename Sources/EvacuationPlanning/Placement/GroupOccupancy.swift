/// Where the members of one group are and will be, place by place.
struct GroupOccupancy: Sendable {
  /// The members in one place.
  private struct Occupied: Sendable {
    let place: Int
    var members: [Int]
  }

  private let homes: [Int: Int]
  /// Members that live there or come there: a guest that moves is in both places.
  private var present: [Int: [Int]] = [:]
  /// Members that will be there in the end, as far as that is known; a list, because the groups for which it counts
  /// are mostly in one place.
  private var settled: [Occupied] = []

  /// `homes` holds the place of each member, by number; `leaving` those that are not settled there.
  init(members: [Int], homes: [Int: Int], leaving: Set<Int>) {
    self.homes = homes
    for member in members {
      guard let home = homes[member] else { continue }
      present[home, default: []].append(member)
      if !leaving.contains(member) { addSettled(member, in: home) }
    }
  }

  mutating func settle(_ member: Int, in place: Int) {
    if homes[member] != place { present[place, default: []].append(member) }
    addSettled(member, in: place)
  }

  mutating func unsettle(_ member: Int, from place: Int) {
    if homes[member] != place { Self.removeLast(member, from: &present[place, default: []]) }
    guard let index = settled.firstIndex(where: { $0.place == place }) else { return }
    Self.removeLast(member, from: &settled[index].members)
    if settled[index].members.isEmpty { settled.remove(at: index) }
  }

  /// Another member than `member` that is or will be in `place`.
  func other(than member: Int, in place: Int) -> Int? { present[place]?.first { $0 != member } }

  /// Another member than `member` that will be in another place than `place`; the least of each place's first
  /// ones.
  func other(than member: Int, settledElsewhereThan place: Int?) -> Int? {
    var least: Int?
    for occupied in settled where occupied.place != place {
      guard let other = occupied.members.first(where: { $0 != member }) else { continue }
      least = min(least ?? other, other)
    }
    return least
  }

  private mutating func addSettled(_ member: Int, in place: Int) {
    if let index = settled.firstIndex(where: { $0.place == place }) {
      settled[index].members.append(member)
    } else {
      settled.append(Occupied(place: place, members: [member]))
    }
  }

  private static func removeLast(_ member: Int, from list: inout [Int]) {
    guard let index = list.lastIndex(of: member) else { return }
    list.remove(at: index)
  }
}
