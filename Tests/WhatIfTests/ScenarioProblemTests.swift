import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing
import WhatIf

@Suite struct `The problem of a scenario` {
  private let digest = InputDigest(name: "world", sha256: "")

  private func problem(_ seed: UInt64) -> ScenarioProblem {
    let world = World.generated(seed: seed, hosts: 6, vmsPerHost: 5)
    return ScenarioProblem(
      inventory: world.inventory, policy: Policy(name: "world", platform: .nova),
      request: EvacuationRequest(drain: world.inventory.hosts.prefix(1).map(\.id)))
  }

  @Test(arguments: Array(UInt64(1)...12))
  func `is planned with a verdict, and equal problems have equal plans`(seed: UInt64) {
    let plan = problem(seed).plan(inventory: digest, policy: digest)
    #expect(!plan.findings.contains { $0.severity == .error })
    #expect(problem(seed) == problem(seed))
    #expect(problem(seed).plan(inventory: digest, policy: digest) == plan)
  }

  /// What is left out of a problem must not change its plan: nothing about guests that stay but their room.
  @Test(arguments: Array(UInt64(1)...60))
  func `has the plan of its whole inventory and policy`(seed: UInt64) {
    let world = World.generated(seed: seed, hosts: 7, vmsPerHost: 6, fill: seed % 2 == 0 ? 0.6 : 0.9)
    var policy = Policy(name: "world", platform: .nova)
    policy.concurrency.liveOutboundPerHost = .atMost(2)
    policy.capacity.keepFree = seed % 3 == 0 ? .hosts(1) : .hosts(0)
    policy.moveOthers = seed % 5 == 0
    // A window is played a thousand times for each part that is tried.
    policy.window.duration = seed % 20 == 0 ? .seconds(120) : nil
    let request = EvacuationRequest(
      drain: world.inventory.hosts.prefix(2).map(\.id), window: policy.window, seed: seed)
    let effort = SearchEffort(schedules: 12)
    let whole = WindowPlanner(inventory: world.inventory, policy: policy, effort: effort).plan(
      request, inventory: digest, policy: digest)
    let plan = ScenarioProblem(inventory: world.inventory, policy: policy, request: request).plan(
      inventory: digest, policy: digest, effort: SearchEffort(schedules: 12))
    #expect(plan.summary == whole.summary)
    #expect(plan.steps == whole.steps)
    #expect(plan.unplaced == whole.unplaced)
    #expect(plan.shortfalls == whole.shortfalls)
    let findings = PlanVerifier.verify(plan, inventory: world.inventory, policy: policy)
    #expect(!findings.contains { $0.severity == .error && $0.code != .otherInput })
  }

  @Test func `is the same whatever guests that stay write, and not where they may be moved`() {
    let world = World.generated(seed: 3, hosts: 4, vmsPerHost: 4)
    let request = EvacuationRequest(drain: world.inventory.hosts.prefix(1).map(\.id))
    var busy = world.inventory
    for index in busy.virtualMachines.indices where !request.drain.contains(busy.virtualMachines[index].host)
    {
      busy.virtualMachines[index].memoryActivity.pace = 3
    }
    #expect(busy != world.inventory)
    var policy = Policy(name: "world", platform: .nova)
    func problem(_ inventory: Inventory) -> ScenarioProblem {
      ScenarioProblem(inventory: inventory, policy: policy, request: request)
    }
    #expect(problem(busy) == problem(world.inventory))
    policy.moveOthers = true
    #expect(problem(busy) != problem(world.inventory))
  }

  @Test func `carries what the verification says`() {
    let plan = problem(1).plan(inventory: .init(name: "another", sha256: ""), policy: digest)
    #expect(plan.findings.contains { $0.code == .otherInput })
  }
}
