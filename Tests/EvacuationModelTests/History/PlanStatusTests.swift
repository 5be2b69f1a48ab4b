import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The status of a plan` {
  private let plan = PlanBuilder.small.plan()
  private let start = Instant(secondsSince1970: 1_796_000_000)

  private func at(_ seconds: Double) -> Instant {
    Instant(secondsSince1970: start.secondsSince1970 + seconds)
  }

  private func step(_ id: PlannedMigration.ID) throws -> PlannedMigration {
    try #require(plan.steps.first { $0.id == id })
  }

  private func done(_ id: PlannedMigration.ID, stretch: Double = 1) throws -> RecordedOutcome {
    let step = try step(id)
    let took = (step.end - step.start) * stretch
    return RecordedOutcome(
      step: id, result: .done, took: took, at: at(step.start.seconds * stretch + took.seconds))
  }

  private func failed(_ id: PlannedMigration.ID) -> RecordedOutcome {
    RecordedOutcome(step: id, result: .failed(reason: "", kind: .other), took: .seconds(5), at: at(5))
  }

  @Test func `before anything has begun, the end is as planned from now`() {
    let status = PlanStatus(of: plan, after: [], at: start)
    #expect(status.begun == nil)
    #expect(abs(status.delay.seconds) < 0.01)
    #expect(status.steps.filter(\.mayStart).map(\.step.id) == ["m001", "m002"])
  }

  @Test func `what goes as forecast ends as planned, and lets the next step start`() throws {
    let outcomes = [try done("m001"), try done("m002")]
    let status = PlanStatus(of: plan, after: outcomes, at: try #require(outcomes.map(\.at).max()))
    #expect(abs(status.pace.factor - 1) < 1e-3)
    #expect(status.pace.bands == [.inside: 2])
    #expect(abs(status.delay.seconds) < 0.1)
    #expect(status.steps.filter(\.mayStart).map(\.step.id) == ["m003"])
  }

  @Test func `a night that takes twice as long moves the end, and one migration counts half`() throws {
    let first = try done("m001", stretch: 2)
    let status = PlanStatus(of: plan, after: [first], at: first.at)
    #expect(abs(status.pace.factor - 1.5) < 0.01)
    #expect(status.pace.bands == [.above: 1])
    #expect(status.delay > .zero)
    let second = try done("m002", stretch: 2)
    let later = PlanStatus(of: plan, after: [first, second], at: second.at)
    #expect(later.pace.factor > status.pace.factor)
    #expect(later.pace.factor < 2)
  }

  @Test func `a transfer counts with what the platform takes around it as forecast`() throws {
    let step = try step("m001")
    let around = step.forecast.phases.before + step.forecast.phases.after
    let whole = try #require(step.forecast.duration)
    let outcome = RecordedOutcome(
      step: "m001", result: .done, transfer: whole - around, at: at(step.end.seconds))
    let status = PlanStatus(of: plan, after: [outcome], at: outcome.at)
    #expect(around > .zero)
    #expect(status.pace.measured == 1)
    #expect(abs(status.pace.factor - 1) < 1e-3)
    #expect(status.pace.bands == [.inside: 1])
    #expect(abs(try #require(status.begun).secondsSince1970 - start.secondsSince1970) < 0.01)
  }

  @Test func `what failed is not waited for, but who needs its room is blocked`() throws {
    var builder = PlanBuilder.small
    builder.change("m004") { $0.destination = "host-1" }
    builder.change("m004") { $0.dependsOn = ["m003"] }
    let status = PlanStatus(
      of: builder.plan(), after: [try done("m001"), try done("m002"), failed("m003")], at: at(200))
    #expect(status.steps.map(\.state) == [.done, .done, .failed, .blocked])
    let free = PlanStatus(
      of: plan, after: [try done("m001"), try done("m002"), failed("m003")], at: at(200))
    #expect(free.steps.map(\.state) == [.done, .done, .failed, .waiting])
    #expect(free.steps.filter(\.mayStart).map(\.step.id) == ["m004"])
  }

  @Test func `a step under way longer than its P90 is overdue, and ends no earlier than now`() {
    let started = RecordedOutcome(step: "m001", result: .started, at: start)
    let status = PlanStatus(of: plan, after: [started], at: at(3600))
    #expect(status.steps.first?.isOverdue == true)
    #expect(status.steps.first?.end == at(3600))
    #expect(status.expectedEnd > at(3600))
  }

  @Test func `the window holds until the end in 9 of 10 cases lies behind it`() throws {
    var plan = plan
    plan.request.window = MaintenanceWindow(
      duration: plan.summary.makespanP90 + .seconds(1), start: start)
    #expect(PlanStatus(of: plan, after: [], at: start).holdsWindow == true)
    #expect(PlanStatus(of: plan, after: [], at: at(60)).holdsWindow == false)
    #expect(PlanStatus(of: plan, after: [], at: at(-3600)).holdsWindow == true)
  }

  @Test func `a plan that is done has ended when its last step did`() throws {
    let outcomes = try plan.steps.map { try done($0.id) }
    let status = PlanStatus(of: plan, after: outcomes, at: at(9999))
    #expect(status.status == .done)
    #expect(status.expectedEnd == outcomes.map(\.at).max())
    #expect(status.expectedEndP90 >= status.expectedEnd)
  }
}
