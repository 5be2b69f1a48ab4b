import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

extension PlanQuestion {
  /// The generated question of `seed`, about all hosts or some of them in turn.
  static func rolling(_ seed: UInt64) -> Self {
    var question = generated(seed)
    question.effort = SearchEffort(schedules: 4)
    var draw = SeededGenerator(seed: seed, stream: "rolling")
    question.request = EvacuationRequest(
      rolling: HostPattern(draw.pick(["*", "*", "host-0*", "rack=*", "zone=*"])), seed: seed)
    question.policy.maintenance = MaintenancePolicy(
      durationPerHost: .seconds(draw.pick([0, 60, 1200])),
      maxHostsOut: draw.pick([.atMost(1), .atMost(2), .share(.percent(30)), .unlimited, .unlimited]),
      returnHome: draw.chance(0.2))
    return question
  }
}

@Suite struct `Rolling plans for generated questions` {
  @Test(arguments: Array(UInt64(1)...60))
  func `hold, maintain every host once or say who keeps it, and are the same when made again`(seed: UInt64) {
    let question = PlanQuestion.rolling(seed)
    let plan = question.verifiedPlan()
    #expect(plan == question.plan())
    let matching = question.inventory.hosts.filter { question.request.rolling?.matches($0) ?? false }
    let maintained = plan.waves.flatMap(\.hosts)
    #expect(Set(maintained).count == maintained.count)
    #expect((plan.completeness == .complete) == (maintained.count == matching.count))
    #expect(Set(maintained).isSubset(of: matching.map(\.id)))
    #expect(plan.summary.lowerBound.seconds <= plan.summary.makespan.seconds * (1 + 1e-9))
    #expect((plan.summary.rolling?.movesLowerBound ?? 0) <= plan.summary.migrations)
  }

  /// The verifier says so too; this is the law in one sentence.
  @Test(arguments: Array(UInt64(1)...30))
  func `move nobody again who is on a host that is back`(seed: UInt64) {
    var question = PlanQuestion.rolling(seed)
    question.policy.maintenance.returnHome = false
    let plan = question.plan()
    let back = Dictionary(
      plan.waves.flatMap { wave in wave.hosts.map { ($0, wave.maintenanceEnd) } },
      uniquingKeysWith: { first, _ in first })
    for step in plan.steps {
      if let time = back[step.source] { #expect(step.start < time) }
    }
  }
}
