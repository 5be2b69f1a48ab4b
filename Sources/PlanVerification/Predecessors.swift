import EvacuationModel

/// Which steps are over for certain when another one starts, however long they take.
struct Predecessors {
  private let plan: ResolvedPlan
  private let needs: [[Int]]
  private let isBarrier: Bool

  init(_ plan: ResolvedPlan) {
    self.plan = plan
    needs = plan.plan.steps.map { $0.dependsOn.compactMap { plan.stepIndex[$0] } }
    isBarrier = plan.policy.concurrency.batching == .barrier
  }

  /// Whether `step` cannot start before `other` has ended: it belongs to a later wave, to a later batch where
  /// batches wait for each other, or it depends on it, on whatever detour.
  func isOver(_ other: ResolvedStep, before step: ResolvedStep) -> Bool {
    if other.step.wave < step.step.wave { return true }
    if isBarrier, other.step.wave == step.step.wave, other.step.batch < step.step.batch { return true }
    var seen: Set<Int> = [step.index]
    var open = [step.index]
    while let next = open.popLast() {
      for need in needs[next] where seen.insert(need).inserted {
        if need == other.index { return true }
        open.append(need)
      }
    }
    return false
  }
}
