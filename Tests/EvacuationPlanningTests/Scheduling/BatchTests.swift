import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Batches with a barrier` {
  private func question(_ limit: Limit) -> PlanQuestion {
    .timed([[("a", 3), ("b", 10), ("c", 5), ("d", 8)]]) {
      $0.liveOutboundPerHost = limit
      $0.batching = .barrier
    }
  }

  @Test func `hold what the limit permits, the longest first`() {
    let plan = question(.atMost(2)).verifiedPlan()
    #expect(plan.timetable == ["b 0-10", "d 0-8", "c 10-15", "a 10-13"])
    #expect(plan.batches == [["b", "d"], ["c", "a"]])
    #expect(plan.steps.map(\.id.name) == ["m001", "m002", "m003", "m004"])
  }

  @Test func `depend on what ended last in the batch before`() {
    let plan = question(.atMost(2)).verifiedPlan()
    #expect(plan.steps.map { $0.dependsOn.map(\.name) } == [[], [], ["m001"], ["m001"]])
  }

  @Test func `hold everything where nothing is limited`() {
    #expect(question(.unlimited).verifiedPlan().batches == [["b", "d", "c", "a"]])
  }

  @Test func `follow the priorities of the policy`() {
    let question = question(.atMost(1)).with { question in
      question.policy.rules = PolicyRules(
        question.policy.rules.rules.map { rule in
          var rule = rule
          if rule.match.name == "a" { rule.priority = 1 }
          if rule.match.name == "b" { rule.priority = -1 }
          return rule
        })
    }
    #expect(question.verifiedPlan().batches == [["a"], ["d"], ["c"], ["b"]])
  }
}

@Suite struct `Rolling slots` {
  @Test func `are filled again as soon as they are free`() {
    let plan = PlanQuestion.timed([[("a", 3), ("b", 10), ("c", 5), ("d", 8)]]) {
      $0.liveOutboundPerHost = .atMost(2)
      $0.batching = .rolling
    }.verifiedPlan()
    #expect(plan.timetable == ["b 0-10", "d 0-8", "c 8-13", "a 10-13"])
    #expect(plan.batches == [["b", "d"], ["c"], ["a"]])
    #expect(plan.steps.map { $0.dependsOn.map(\.name) } == [[], [], ["m002"], ["m001"]])
  }
}

@Suite struct `Limits` {
  @Test func `count live and cold migrations of one source apart`() {
    let plan = PlanQuestion.timed(
      [[("live-1", 4), ("live-2", 3), ("cold-1", 10), ("cold-2", 9)]], cold: ["cold-1", "cold-2"]
    ) {
      $0.liveOutboundPerHost = .atMost(1)
      $0.coldOutboundPerHost = .atMost(1)
      $0.batching = .rolling
    }.verifiedPlan()
    #expect(plan.timetable == ["cold-1 0-10", "live-1 0-4", "live-2 4-7", "cold-2 10-19"])
  }

  @Test func `let several drained hosts work at once`() {
    let plan = PlanQuestion.timed([[("a1", 5), ("a2", 5)], [("b1", 5), ("b2", 5)], [("c1", 5)]]) {
      $0.liveOutboundPerHost = .atMost(1)
    }.verifiedPlan()
    #expect(plan.batches == [["a1", "b1", "c1"], ["a2", "b2"]])
    #expect(plan.summary.makespan == .seconds(10))
    #expect(plan.waves.map(\.hosts) == [["host-1", "host-2", "host-3"]])
  }

  @Test func `hold for what comes into a host`() {
    func batches(receivers: Int) -> Int {
      PlanQuestion.timed([[("a", 5)], [("b", 5)]], receivers: receivers) { $0.inboundPerHost = .atMost(1) }
        .verifiedPlan().batches.count
    }
    #expect(batches(receivers: 1) == 2)
    #expect(batches(receivers: 2) == 1)
  }

  @Test func `hold for the whole cluster, whatever the mode`() {
    let plan = PlanQuestion.timed([[("a", 5)], [("b", 5)], [("c", 5)]], cold: ["c"]) {
      $0.perCluster = .atMost(2)
    }.verifiedPlan()
    #expect(plan.batches == [["a", "b"], ["c"]])
  }

  @Test(arguments: Batching.allCases, Array(UInt64(300)...314))
  func `of one live migration never let two of one source run at once`(batching: Batching, seed: UInt64) {
    let question = PlanQuestion.generated(seed).with {
      $0.policy.concurrency = ConcurrencyLimits(liveOutboundPerHost: .atMost(1), batching: batching)
    }
    let running = question.verifiedPlan().steps.filter { $0.mode != .cold }
    for (_, own) in Dictionary(grouping: running, by: \.source) {
      #expect(Set(own.map(\.batch)).count == own.count)
      for (one, next) in zip(own, own.dropFirst()) { #expect(one.end.seconds <= next.start.seconds + 1e-6) }
    }
  }
}
