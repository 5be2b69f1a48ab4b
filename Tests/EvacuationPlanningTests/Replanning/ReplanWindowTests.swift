import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

@Suite struct `The window of what remains` {
  private func night(_ window: Duration, _ names: [String] = ["one", "two"]) -> Night {
    var question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2"), .small("host-3")],
        vms: names.map { .small(.init($0), on: "host-1") }))
    question.request.window = MaintenanceWindow(
      duration: window, start: Instant(secondsSince1970: 1_796_000_000))
    return Night(question)
  }

  @Test func `is played as the first plan's was`() throws {
    let plan = night(.seconds(3600)).replanned().plan
    let outlook = try #require(plan.outlook)
    #expect(outlook.trials == 1000)
    #expect(outlook.probability == .one)
    #expect(plan.summary.makespanP90 >= plan.summary.makespan)
    #expect(plan.summary.fitsWindow == true)
  }

  @Test func `is missed by a plan for all that is left, which is not cut`() throws {
    let plan = night(.seconds(5)).replanned().plan
    #expect(plan.steps.count == 2)
    #expect(plan.summary.fitsWindow == false)
    #expect(plan.outlook?.left == [])
  }

  @Test func `keeps what was left for the next one left`() throws {
    var question = night(.seconds(3600), ["one", "two", "three"]).question
    question.inventory.virtualMachines[2].host = "host-2"
    question.request.drain = ["host-1", "host-2"]
    question.inventory.hosts.append(.small("host-4"))
    func planned(_ window: Duration) -> EvacuationPlan {
      question.request.window.duration = window
      return WindowPlanner(inventory: question.inventory, policy: question.policy).plan(
        question.request, inventory: InputDigest(name: "", sha256: ""),
        policy: InputDigest(name: "", sha256: ""))
    }
    let whole = planned(.seconds(36_000))
    let cut = planned(Duration(clampingSeconds: whole.summary.makespan.seconds * 0.8))
    #expect(cut.outlook?.left.count == 1)
    var night = Night(question)
    night.plan = cut
    let rest = night.replanned().plan
    #expect(rest.outlook?.left == cut.outlook?.left)
    #expect(Set(rest.steps.map(\.vm)) == Set(cut.steps.map(\.vm)))
    #expect(rest.hostsToEmpty == cut.hostsToEmpty)
  }

  @Test func `is asked of a way home as well`() throws {
    let night = night(.seconds(3600))
    let restore = RestoreRequest(
      after: [(night.plan, [])], digest: "old", inventory: night.question.inventory)
    let present = PresentState(
      of: night.plan, inventory: night.question.inventory,
      after: RestoreRequest.presumed(night.plan, []))
    let plan = WindowPlanner(inventory: present.inventory, policy: night.question.policy).plan(
      EvacuationRequest(restore: restore, window: MaintenanceWindow(duration: .seconds(1))),
      inventory: InputDigest(name: "", sha256: ""), policy: night.plan.policy)
    #expect(plan.steps.count == 2)
    #expect(plan.outlook?.probability == .zero)
    #expect(plan.summary.fitsWindow == false)
  }
}
