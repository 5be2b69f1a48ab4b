import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

/// The way home after a night, with which the verifier must agree.
private func wayHome(
  _ night: Night, scope: RestoreRequest.Scope = .all, changing change: (inout Inventory) -> Void = { _ in },
  _ location: SourceLocation = #_sourceLocation
) -> EvacuationPlan {
  let question = night.question
  let outcomes = RestoreRequest.presumed(night.plan, night.outcomes)
  var inventory = PresentState(of: night.plan, inventory: question.inventory, after: outcomes).inventory
    .opening(night.plan.hostsToEmpty)
  change(&inventory)
  let restore = RestoreRequest(
    after: [(night.plan, night.outcomes)], digest: "old", inventory: question.inventory, scope: scope)
  let plan = EvacuationPlanner(inventory: inventory, policy: question.policy).plan(
    EvacuationRequest(restore: restore, seed: 1), inventory: InputDigest(name: inventory.name, sha256: ""),
    policy: night.plan.policy, effort: question.effort)
  let errors = PlanVerifier.verify(plan, inventory: inventory, policy: question.policy)
  #expect(errors.filter { $0.severity == .error }.map(\.description) == [], sourceLocation: location)
  return plan
}

@Suite struct `The way home` {
  /// Everything has room everywhere, and no rule keeps anybody from anywhere.
  private func roomy(_ question: inout PlanQuestion) {
    // What is broken at home may be whole abroad, and is not broken again for going home.
    let hosts = Dictionary(question.inventory.virtualMachines.map { ($0.id, $0.host) }) { $1 }
    question.inventory.groups.removeAll { group in
      let places = group.members.map { vm in
        question.inventory.hosts.first { $0.id == hosts[vm] }?.place(in: group.scope)
      }
      if places.contains(nil) { return true }
      return group.relation == .affinity ? Set(places).count > 1 : Set(places).count < places.count
    }
    // A restart elsewhere gives a guest another CPU model, with which it may be unable to go home.
    for index in question.inventory.virtualMachines.indices {
      question.inventory.virtualMachines[index].cpuModel = nil
    }
    question.policy.rules = PolicyRules([])
    question.policy.capacity.keepFree = .hosts(0)
    question.policy.cold.allowed = true
    for index in question.inventory.hosts.indices {
      question.inventory.hosts[index].state = .up
      question.inventory.hosts[index].memory = .gibibytes(4096)
      question.inventory.hosts[index].cpus = 1000
      for pool in question.inventory.hosts[index].storage.indices {
        question.inventory.hosts[index].storage[pool].free = nil
      }
    }
  }

  @Test(arguments: 0..<UInt64(60)) func `brings everybody back to where they were`(_ seed: UInt64) {
    let night = Night(PlanQuestion.generated(seed).with(roomy))
    let plan = wayHome(night)
    #expect(plan.completeness == .complete, "\(plan.unplaced.map(\.message))")
    #expect(Set(plan.steps.map(\.vm)) == Set(night.plan.steps.map(\.vm)))
    for step in plan.steps {
      #expect(step.source == night.plan.destination(of: step.vm))
      #expect(step.destination == night.plan.step(of: step.vm)?.source)
    }
  }

  @Test(arguments: 0..<UInt64(60)) func `is verified in tight clusters too, and gives a reason for who stays`(
    _ seed: UInt64
  ) {
    let night = Night(.generated(seed))
    let plan = wayHome(night)
    let accounted = Set(plan.steps.map(\.vm)).union(plan.unplaced.map(\.vm))
    #expect(accounted == Set(night.plan.steps.map(\.vm)))
    for stays in plan.unplaced { #expect(stays.message.contains("cannot go home")) }
  }

  @Test func `leaves out who was not moved`() throws {
    var night = Night(
      PlanQuestion(
        .small(
          hosts: [.small("host-1"), .small("host-2")],
          vms: [.small("one", on: "host-1"), .small("two", on: "host-1")])))
    try night.record(guest: "one", .done)
    try night.record(guest: "two", .failed(reason: "", kind: .other))
    #expect(wayHome(night).steps.map(\.vm) == ["one"])
  }

  @Test func `is open to a running guest whose CPU model was settled at home`() {
    let question = PlanQuestion.pair(
      vm: .small("vm", on: "host-1", cpuModel: "host-model"),
      from: .small("host-1", cpuModel: "Old"), to: .small("host-2", cpuModel: "New", cpuModels: ["Old"]))
    let night = Night(question)
    #expect(night.plan.step(of: "vm")?.mode == .live)
    #expect(wayHome(night).destination(of: "vm") == "host-1")
  }

  @Test func `says why who cannot go home stays`() {
    let night = Night(.pair())
    let plan = wayHome(night) { inventory in
      inventory.hosts[0].state = .down
    }
    #expect(plan.completeness == .impossible)
    #expect(
      plan.unplaced.map(\.message) == [
        "vm cannot go home to host-1: host-1 is down and takes no arrivals"
      ])
  }

  @Test func `exchanges guests by way of a third host where the policy permits it`() throws {
    let host = { (name: String) in Host.small(.init(name), memory: .gibibytes(8)) }
    let question = PlanQuestion(
      .small(
        hosts: [host("host-1"), host("host-2"), host("host-3")],
        vms: [
          .small("one", on: "host-2", memory: .gibibytes(6)),
          .small("two", on: "host-1", memory: .gibibytes(6)),
        ])
    ).with { $0.policy.moveOthers = true }
    let restore = RestoreRequest(
      plan: "old", homes: [.init(vm: "one", host: "host-1"), .init(vm: "two", host: "host-2")])
    let plan = question.with { $0.request = EvacuationRequest(restore: restore) }.verifiedPlan()
    #expect(plan.completeness == .complete)
    #expect(plan.steps.count == 3)
    let rigid = question.with {
      $0.request = EvacuationRequest(restore: restore)
      $0.policy.moveOthers = false
    }.verifiedPlan()
    #expect(rigid.completeness == .impossible)
  }

  @Test func `of local disks or broken groups alone takes only those`() {
    var question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2"), .small("host-3")],
        vms: [
          .small("disk", on: "host-1", disks: [.local()]), .small("one", on: "host-1"),
          .small("two", on: "host-1"),
        ],
        groups: [
          PlacementGroup(id: "pair", relation: .affinity, strictness: .soft, members: ["one", "two"])
        ]))
    question.policy.cold.allowed = false
    var night = Night(question)
    for index in night.plan.steps.indices {
      night.plan.steps[index].destination = night.plan.steps[index].vm == "one" ? "host-2" : "host-3"
    }
    #expect(wayHome(night, scope: .local).steps.map(\.vm) == ["disk"])
    #expect(Set(wayHome(night, scope: .affinity).steps.map(\.vm)) == ["one", "two"])
  }

  @Test func `for balance relieves only the hosts that are fuller than the cluster is on average`() {
    let sizes: [(VirtualMachine.ID, Double)] = [("big", 16), ("middle", 8), ("small", 4)]
    let question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2"), .small("host-3")],
        vms: sizes.map { .small($0.0, on: "host-1", memory: .gibibytes($0.1)) }
          + [.small("old", on: "host-2", memory: .gibibytes(12))]))
    var night = Night(question)
    // host-2 then holds all 40 GiB, and 13.3 GiB would be the mean. Beside the largest the next would make its home as full.
    for index in night.plan.steps.indices { night.plan.steps[index].destination = "host-2" }
    #expect(Set(wayHome(night, scope: .balance).steps.map(\.vm)) == ["big", "small"])
    for index in night.plan.steps.indices { night.plan.steps[index].destination = "host-3" }
    // 28 GiB on host-3: with the largest at home nobody is far from the mean any more.
    #expect(wayHome(night, scope: .balance).steps.map(\.vm) == ["big"])
  }
}
