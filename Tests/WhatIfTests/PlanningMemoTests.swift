import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing
import WhatIf

@Suite struct `Scenarios planned with one memo` {
  private let digest = InputDigest(name: "world", sha256: "")

  /// Everything that scenarios usually change, some of it several times, in no order.
  private func problems(_ seed: UInt64) -> [ScenarioProblem] {
    var draw = SeededGenerator(seed: seed)
    let world = World.generated(seed: seed, hosts: 5, vmsPerHost: 4, fill: seed % 2 == 0 ? 0.6 : 0.9)
    return (0..<10).map { _ in
      var inventory = world.inventory
      if draw.chance(0.3) {
        for index in inventory.virtualMachines.indices {
          inventory.virtualMachines[index].memoryActivity.pace = 4
        }
      }
      var policy = Policy(name: "world", platform: .nova)
      policy.concurrency.liveOutboundPerHost = .atMost(draw.pick([1, 2, 3, 4, 10]))
      policy.concurrency.inboundPerHost = draw.pick([.atMost(1), .atMost(2), .unlimited])
      policy.concurrency.batching = draw.pick([.barrier, .rolling])
      policy.network.usableShare = .percent(draw.pick([20, 60, 100]))
      policy.precopy.downtimeLimit = .fixed(.milliseconds(draw.pick([50, 500])))
      policy.moveOthers = draw.chance(0.1)
      let window = MaintenanceWindow(duration: draw.chance(0.1) ? .seconds(draw.pick([60, 600])) : nil)
      return ScenarioProblem(
        inventory: inventory, policy: policy,
        request: EvacuationRequest(
          drain: world.inventory.hosts.prefix(draw.integer(in: 1...2)).map(\.id), window: window,
          seed: draw.pick([0, 1])))
    }
  }

  @Test(arguments: Array(UInt64(1)...4))
  func `have the plans that each has alone`(seed: UInt64) {
    let memo = PlanningMemo()
    for schedules in [0, 6] {
      let effort = SearchEffort(schedules: schedules)
      for problem in problems(seed) {
        let plan = problem.plan(inventory: digest, policy: digest, effort: effort, memo: memo)
        #expect(plan == problem.plan(inventory: digest, policy: digest, effort: effort))
      }
    }
  }

  @Test(arguments: Array(UInt64(1)...3))
  func `are advised about nothing if nobody asks, and planned alike`(seed: UInt64) {
    var effort = SearchEffort(schedules: 4)
    for problem in problems(seed).prefix(6) {
      var advised = problem.plan(inventory: digest, policy: digest, effort: effort)
      effort.advises = false
      let plan = problem.plan(inventory: digest, policy: digest, effort: effort)
      advised.remarks = []
      #expect(plan == advised)
      effort.advises = true
    }
  }

  @Test func `differ in nothing but their limits where they are of one family`() {
    let world = World.generated(seed: 1, hosts: 4, vmsPerHost: 4)
    func family(_ change: (inout Policy) -> Void) -> Policy {
      var policy = Policy(name: "world", platform: .nova)
      change(&policy)
      return ScenarioProblem(
        inventory: world.inventory, policy: policy,
        request: EvacuationRequest(drain: world.inventory.hosts.prefix(1).map(\.id))
      ).policyOfFamily
    }
    let base = family { _ in }
    #expect(family { $0.concurrency.liveOutboundPerHost = .atMost(9) } == base)
    #expect(family { $0.network.usableShare = .percent(9) } != base)
  }
}

@Suite struct `A scenario in a window` {
  private let digest = InputDigest(name: "world", sha256: "")

  @Test(arguments: Array(UInt64(1)...6))
  func `has the plan and the probability that the window planner gives`(seed: UInt64) {
    let world = World.generated(seed: seed, hosts: 6, vmsPerHost: 3)
    var policy = Policy(name: "world", platform: .nova)
    if seed % 4 == 0 {
      let blackout = Blackout.between(Self.start, Self.start.advanced(by: PlanTime(seconds: 90)))
      policy.rules = PolicyRules([PolicyRule(match: RuleMatch(name: "*1"), notBetween: [blackout])])
    }
    let request = EvacuationRequest(
      drain: world.inventory.hosts.prefix(1).map(\.id),
      window: MaintenanceWindow(duration: .seconds(seed % 2 == 0 ? 60 : 600), start: Self.start), seed: seed)
    let effort = SearchEffort(schedules: 4)
    let planned = WindowPlanner(inventory: world.inventory, policy: policy, effort: effort).plan(
      request, inventory: digest, policy: digest)
    let plan = ScenarioProblem(inventory: world.inventory, policy: policy, request: request).plan(
      inventory: digest, policy: digest, effort: effort)
    #expect(plan.outlook != nil)
    #expect(plan.outlook == planned.outlook)
    #expect(plan.summary == planned.summary)
    #expect(plan.steps == planned.steps)
    #expect(plan.unplaced == planned.unplaced)
  }

  private static let start = Instant(secondsSince1970: 1_796_500_000, utcOffsetSeconds: 3600)
}
