import EvacuationModel

extension EvacuationPlan {
  /// Adds proofs for those who stay, and says of whom there is none. `tries` is how many sequences of moves were
  /// made to find room, if any were.
  mutating func explainShortfalls(_ search: ShortfallSearch, tries: Int?) {
    let staying = Set(unplaced.map(\.vm))
    guard !staying.isEmpty else { return }
    let numbers = search.cluster.leaving.filter { staying.contains(search.cluster.vm($0).id) }
    let (proofs, unproven) = search.proofs(for: numbers)
    shortfalls = proofs
    guard !unproven.isEmpty else { return }
    let who =
      unproven.count == 1 ? "\(search.cluster.vm(unproven[0]).id)" : "\(unproven.count) of those that stay"
    let effort = tries.map { "in \($0) tries" } ?? "without moving guests of other hosts"
    remarks.append("\(who): no way out was found \(effort), but neither is it proven that there is none")
  }
}
