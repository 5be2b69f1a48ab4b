/// Where the members of one group are and will be, place by place.
struct GroupOccupancy: Sendable {
  private let homes: [Int: Int]
  /// Members that live there or come there: a guest that moves is in both places.
  private var present: [Int: [Int]] = [:]
  /// Members that will be there in the end, as far as that is known.
  private var settled: [Int: [Int]] = [:]

  /// `homes` holds the place of each member, by number; `leaving` those that are not settled there.
  init(members: [Int], homes: [Int: Int], leaving: Set<Int>) {
    self.homes = homes
    for member in members {
      guard let home = homes[member] else { continue }
      present[home, default: []].append(member)
      if !leaving.contains(member) { settled[home, default: []].append(member) }
    }
  }

  mutating func settle(_ member: Int, in place: Int) {
    if homes[member] != place { present[place, default: []].append(member) }
    settled[place, default: []].append(member)
  }

  mutating func unsettle(_ member: Int, from place: Int) {
    if homes[member] != place { Self.removeLast(member, from: &present[place]) }
    Self.removeLast(member, from: &settled[place])
  }

  /// Another member than `member` that is or will be in `place`.
  func other(than member: Int, in place: Int) -> Int? { present[place]?.first { $0 != member } }

  /// Another member than `member` that will be in another place than `place`; the least of each place's first
  /// ones.
  func other(than member: Int, settledElsewhereThan place: Int?) -> Int? {
    settled.lazy.filter { $0.key != place }.compactMap { $0.value.first { $0 != member } }.min()
  }

  private static func removeLast(_ member: Int, from list: inout [Int]?) {
    guard let index = list?.lastIndex(of: member) else { return }
    list?.remove(at: index)
  }
}
