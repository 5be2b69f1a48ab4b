import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Synchronization
import Testing

@Suite struct `A search that is interrupted` {
  private func interrupted(_ question: PlanQuestion, after looks: Int) -> PlanQuestion {
    let count = Counter()
    return question.with { $0.effort = SearchEffort { count.next() > looks } }
  }

  private final class Counter: Sendable {
    private let value = Atomic(0)
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
  }

  @Test(arguments: [0, 5], Array(UInt64(1)...12))
  func `gives the best plan so far, which holds and is marked`(looks: Int, seed: UInt64) {
    let plan = interrupted(.generated(seed), after: looks).verifiedPlan()
    // Short searches end before they look so often.
    #expect(plan.remarks.contains { $0.hasPrefix("interrupted: ") } || looks > 0)
    #expect(plan.completeness == PlanQuestion.generated(seed).plan().completeness)
  }

  @Test(arguments: Array(UInt64(1)...6))
  func `does so in a rolling maintenance`(seed: UInt64) {
    let plan = interrupted(.rolling(seed), after: 0).verifiedPlan()
    #expect(plan.remarks.contains { $0.hasPrefix("interrupted: ") })
  }

  @Test func `is not marked where nobody asked`() {
    #expect(!PlanQuestion.generated(1).plan().remarks.contains { $0.hasPrefix("interrupted") })
  }
}
