import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The difference of two plans` {
  private let small = PlanBuilder.small

  @Test func `is nothing between a plan and itself`() {
    let difference = PlanDifference(from: small.plan(), to: small.plan())
    #expect(difference.changes == [])
    #expect(difference.unchanged == 4)
  }

  @Test func `names what changes in a step, with the reasons that only one plan has`() {
    var other = small
    other.change("m003") { step in
      step.destination = "host-2"
      step.mode = .cold
      step.end = step.end + .seconds(9)
      step.reasons = ["placed elsewhere"]
    }
    let changes = PlanDifference(from: small.plan(), to: other.plan()).changes
    #expect(changes.map(\.vm) == ["db-1"])
    #expect(changes.first?.aspects == [.mode, .destination, .duration])
    #expect(changes.first?.why == ["now: placed elsewhere", "before: placed by hand"])
  }

  @Test func `does not see what files do not hold`() {
    var other = small
    other.change("m001") { $0.end = $0.end + .microseconds(400) }
    #expect(PlanDifference(from: small.plan(), to: other.plan()).changes == [])
  }

  @Test func `tells of a guest that stays now why it does`() {
    var other = small
    other.steps.removeAll { $0.vm == "gpu-1" }
    other.leave("gpu-1", on: "host-1")
    let difference = PlanDifference(from: small.plan(), to: other.plan())
    #expect(difference.changes.map(\.why) == [["now: gpu-1 cannot leave host-1: no host has room"]])
    #expect(difference.staysNow.map(\.vm) == ["gpu-1"])
    let back = PlanDifference(from: other.plan(), to: small.plan())
    #expect(back.changes.map(\.why) == [["before: gpu-1 cannot leave host-1: no host has room"]])
    #expect(back.staysNoLonger.map(\.vm) == ["gpu-1"])
    #expect(PlanDifference(from: other.plan(), to: other.plan()).stillStays.map(\.vm) == ["gpu-1"])
  }

  @Test func `tells of a guest whose host is drained in one plan only`() {
    var other = PlanBuilder(inventory: .threeHosts, drain: ["host-2"])
    other.move("web-2", to: "host-3", at: 0, batch: 1)
    let changes = PlanDifference(from: small.plan(), to: other.plan()).changes
    #expect(changes.count == 5)
    #expect(changes.first?.why.first == "host-2 was not to be emptied")
    #expect(changes.last?.why == ["host-1 is not to be emptied"])
  }

  @Test func `compares the first move of a guest with its first, the second with its second`() {
    var twice = small
    twice.add(twice.inventory.virtualMachines[0], to: "host-3", .live, at: 900, batch: 4)
    var otherwise = twice
    otherwise.change("m005") { $0.destination = "host-2" }
    let changes = PlanDifference(from: twice.plan(), to: otherwise.plan()).changes
    #expect(changes.map(\.aspects) == [[.destination]])
    #expect(PlanDifference(from: small.plan(), to: twice.plan()).changes.map(\.before) == [nil])
  }
}
