import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

struct BlackoutTests {
  /// Monday, 30 November 2026, 22:00 in a zone an hour east of UTC.
  private static let start = Instant(secondsSince1970: 1_796_072_400, utcOffsetSeconds: 3600)

  /// A question whose guests may not be moved at the times of `blackouts`.
  private func question(_ blackouts: [Blackout], _ batching: Batching = .rolling) -> PlanQuestion {
    var question = PlanQuestion(World.generated(seed: 5, hosts: 6).inventory, drain: ["host-001"])
    question.policy.concurrency.batching = batching
    let guests = question.inventory.virtualMachines.filter { $0.host == "host-001" }
    question.policy.rules = PolicyRules([
      PolicyRule(match: RuleMatch(name: guests[0].id.name), notBetween: blackouts)
    ])
    question.request.window = MaintenanceWindow(duration: .seconds(4 * 3600), start: Self.start)
    return question
  }

  private func guest(_ question: PlanQuestion) -> VirtualMachine.ID {
    question.inventory.virtualMachines.filter { $0.host == "host-001" }[0].id
  }

  @Test(arguments: Batching.allCases)
  func `A guest waits for the end of its blackout`(batching: Batching) throws {
    let question = question([.daily(DailyBlackout(from: 18 * 3600, to: 23.5 * 3600))], batching)
    let plan = question.verifiedPlan()
    let step = try #require(plan.step(of: guest(question)))
    #expect(step.start.seconds >= 5400 - 1e-3)
    #expect(plan.completeness == .complete)
  }

  @Test func `A guest that finds no time is left for later with its reason`() throws {
    let until = Instant(secondsSince1970: Self.start.secondsSince1970 + 40_000)
    let question = question([.between(Self.start, until)])
    let plan = question.verifiedPlan()
    let entry = try #require(plan.unplaced.first { $0.vm == guest(question) })
    #expect(entry.postponed == .blackout)
    #expect(plan.completeness == .partial)
    #expect(plan.step(of: guest(question)) == nil)
  }

  @Test func `Rolling maintenance leaves a host whose guest has a blackout`() {
    var question = question([.daily(DailyBlackout(from: 22 * 3600, to: 23 * 3600))])
    question.request = EvacuationRequest(rolling: HostPattern("*"), window: question.request.window)
    let plan = question.verifiedPlan()
    #expect(!plan.waves.flatMap(\.hosts).contains("host-001"))
    #expect(plan.unplaced.contains { $0.postponed == .blackout })
  }

  @Test func `Without a start blackouts are not checked, and the verifier says so`() {
    var question = question([.daily(DailyBlackout(from: 0, to: 86_400))])
    question.request.window.start = nil
    let plan = question.verifiedPlan()
    #expect(plan.step(of: guest(question)) != nil)
    let findings = PlanVerifier.verify(plan, inventory: question.inventory, policy: question.policy)
    #expect(findings.contains { $0.code == .blackoutUnchecked })
  }

  @Test func `The verifier blames a step that is under way in a blackout`() throws {
    var free = question([])
    let plan = free.verifiedPlan()
    let step = try #require(plan.step(of: guest(free)))
    let from = Self.start.advanced(by: step.end).secondsSince1970 - 1
    free.policy =
      question([
        .between(Instant(secondsSince1970: from), Instant(secondsSince1970: from + 900))
      ]).policy
    let findings = PlanVerifier.verify(plan, inventory: free.inventory, policy: free.policy)
    #expect(findings.contains { $0.code == .blackoutBroken && $0.place == step.id.name })
  }

  @Test func `Days are those of the beginning, in the zone of the blackout`() {
    func touches(_ days: [DailyBlackout.Days], zone: Int?, at hour: Double) -> Bool {
      let time = Self.start.secondsSince1970 + (hour - 22) * 3600
      let blackout = Blackout.daily(DailyBlackout(from: 18 * 3600, to: 6 * 3600, days: days, zone: zone))
      return !blackout.times(from: time, to: time + 60, zone: 3600).isEmpty
    }
    #expect(touches([.lastDayOfMonth], zone: nil, at: 22))
    #expect(touches([.lastDayOfMonth], zone: nil, at: 29))
    #expect(!touches([.lastDayOfMonth], zone: nil, at: 31))
    #expect(!touches([.lastDayOfMonth], zone: nil, at: 3))
    #expect(touches([.weekday(0), .weekday(3)], zone: nil, at: 22))
    #expect(!touches([.weekday(1)], zone: nil, at: 22))
    #expect(touches([.dayOfMonth(30)], zone: 0, at: 30.5))
    #expect(!touches([.dayOfMonth(30)], zone: nil, at: 30.5))
  }
}
