import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

@Suite struct `Plans for generated questions` {
  static let seeds = Array(UInt64(1)...240)

  @Test(arguments: seeds)
  func `hold, account for everybody, and are the same when made again`(seed: UInt64) {
    let question = PlanQuestion.generated(seed)
    let plan = question.plan()
    #expect(question.errors(in: plan) == [])
    #expect(plan == question.plan())
    let drained = Set(question.request.drain)
    let leaving = question.inventory.virtualMachines.filter { drained.contains($0.host) }.map(\.id)
    #expect((plan.steps.map(\.vm) + plan.unplaced.map(\.vm)).sorted() == leaving.sorted())
    for unplaced in plan.unplaced {
      #expect(unplaced.refusals.count == question.inventory.hosts.count - 1)
      #expect(unplaced.message.contains(unplaced.vm.name))
    }
  }

  @Test(arguments: seeds)
  func `have a lower bound that they keep, and quantiles in order`(seed: UInt64) {
    let summary = PlanQuestion.generated(seed).plan().summary
    #expect(summary.lowerBound.seconds <= summary.makespan.seconds * (1 + 1e-9))
    #expect(summary.makespanP50 <= summary.makespanP90)
    #expect(summary.makespan.seconds.isFinite && summary.makespan < .seconds(1_000_000_000))
  }
}
