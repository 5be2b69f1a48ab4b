import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Plans for generated questions` {
  static let seeds = Array(UInt64(1)...210)

  @Test(arguments: seeds)
  func `hold, account for everybody, are not shorter than their bound, and are the same when made again`(
    seed: UInt64
  ) {
    let question = PlanQuestion.generated(seed)
    let plan = question.verifiedPlan()
    #expect(plan == question.plan())
    let drained = Set(question.request.drain)
    let leaving = question.inventory.virtualMachines.filter { drained.contains($0.host) }.map(\.id)
    #expect((plan.steps.map(\.vm) + plan.unplaced.map(\.vm)).sorted() == leaving.sorted())
    for unplaced in plan.unplaced {
      #expect(unplaced.refusals.count == question.inventory.hosts.count - 1)
      #expect(unplaced.message.hasPrefix("\(unplaced.vm) cannot leave \(unplaced.host): "))
    }
    let summary = plan.summary
    #expect(summary.lowerBound.seconds <= summary.makespan.seconds * (1 + 1e-9))
    #expect(summary.makespanP50 <= summary.makespanP90)
    #expect(summary.makespan < .seconds(10_000_000))
  }

  /// No law for a search that is not exhaustive; where it fails, a closer look is worth while.
  @Test(arguments: Array(UInt64(1)...40))
  func `leave nobody more behind when all hosts have twice the memory`(seed: UInt64) {
    let question = PlanQuestion.generated(seed)
    let larger = question.with { question in
      for index in question.inventory.hosts.indices {
        question.inventory.hosts[index].memory = question.inventory.hosts[index].memory * 2
      }
    }
    #expect(larger.plan().unplaced.count <= question.plan().unplaced.count)
  }
}
