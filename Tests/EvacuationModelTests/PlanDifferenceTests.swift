import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The difference of two plans` {
  private func plan(_ change: (inout EvacuationPlan) -> Void = { _ in }) -> EvacuationPlan {
    var plan = PlanBuilder.small.plan()
    change(&plan)
    return plan
  }

  @Test func `of a plan and itself is nothing`() {
    let difference = PlanDifference(from: plan(), to: plan())
    #expect(difference.changes.isEmpty)
    #expect(difference.alike == 4)
  }

  @Test func `names a guest whose move is otherwise, in what, and with which reasons`() throws {
    let before = plan { $0.steps[0].reasons = ["both", "old"] }
    let after = plan { plan in
      plan.steps[0].reasons = ["both", "new"]
      plan.steps[0].destination = "host-3"
      plan.steps[0].usesPostCopy = true
      plan.steps[0].start = PlanTime(seconds: plan.steps[0].start.seconds + 60)
      plan.steps[0].end = PlanTime(seconds: plan.steps[0].end.seconds + 60)
    }
    let difference = PlanDifference(from: before, to: after)
    let change = try #require(difference.changes.first)
    #expect(difference.changes.count == 1)
    #expect(change.vm == "web-1")
    #expect(change.aspects == [.mode, .destination, .start])
    #expect(change.reasonsBefore == ["old"])
    #expect(change.reasonsAfter == ["new"])
  }

  @Test func `says who stays now and who no longer does`() {
    let stay = UnplacedVirtualMachine(vm: "web-1", host: "host-1", refusals: [], message: "no room")
    let without = plan { plan in
      plan.steps.removeFirst()
      plan.unplaced = [stay]
    }
    let lost = PlanDifference(from: plan(), to: without)
    #expect(lost.changes.map(\.vm) == ["web-1"])
    #expect(lost.changes.first?.after == .stays(stay))
    #expect(lost.changes.first?.aspects == [.fate])
    let won = PlanDifference(from: without, to: plan())
    #expect(won.changes.first?.before == .stays(stay))
    #expect(won.changes.first?.reasonsBefore == ["no room"])
  }

  @Test func `overlooks what nobody would notice`() {
    let later = plan { $0.steps[0].start = PlanTime(seconds: $0.steps[0].start.seconds + 0.5) }
    #expect(PlanDifference(from: plan(), to: later).changes.isEmpty)
  }

  @Test func `counts a guest that one plan leaves alone`() {
    let shorter = plan { $0.steps.removeLast() }
    #expect(PlanDifference(from: plan(), to: shorter).changes.map(\.after) == [.isLeftAlone])
  }
}
