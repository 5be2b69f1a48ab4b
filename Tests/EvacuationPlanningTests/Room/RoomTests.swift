import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Room made by moving others` {
  @Test func `lets a guest leave for which there is none`() {
    let question = PlanQuestion.crowded()
    #expect(question.with { $0.policy.moveOthers = false }.plan().completeness == .impossible)
    let plan = question.verifiedPlan()
    #expect(plan.trail == ["small-1: host-2 > host-3", "vm: host-1 > host-2"])
    #expect(plan.steps[1].dependsOn == [plan.steps[0].id])
    #expect(plan.steps[0].reasons.first == "makes room for vm on host-2")
    #expect(plan.steps[1].reasons.first == "needs the room that small-1 leaves on host-2")
  }

  @Test func `is not made by guests that are never moved`() {
    let question = PlanQuestion.crowded().with {
      $0.policy.rules = PolicyRules([PolicyRule(match: RuleMatch(name: "small-*"), modes: [])])
    }
    #expect(question.verifiedPlan().completeness == .impossible)
  }

  @Test func `is made cold where the policy moves them cold`() {
    let question = PlanQuestion.crowded().with {
      $0.policy.rules = PolicyRules([PolicyRule(match: RuleMatch(name: "small-*"), modes: [.cold])])
    }
    #expect(question.verifiedPlan().steps.map(\.mode) == [.cold, .live])
  }

  @Test func `is not made on a host that is drained as well`() {
    let question = PlanQuestion.crowded().with { $0.request.drain = ["host-1", "host-3"] }
    let plan = question.verifiedPlan()
    #expect(plan.steps.allSatisfy { $0.destination == "host-2" })
  }

  @Test func `is not made where there is room already`() {
    let loose = PlanQuestion.crowded().with { $0.inventory.hosts[2].memory = .gibibytes(32) }
    #expect(loose.verifiedPlan() == loose.with { $0.policy.moveOthers = false }.plan())
  }

  @Test func `may take a chain of three, the last of which moves first`() {
    let question = PlanQuestion.chain(of: 3)
    #expect(
      question.verifiedPlan().trail == [
        "guest-3: host-4 > host-5", "guest-2: host-3 > host-4", "guest-1: host-2 > host-3",
        "vm: host-1 > host-2",
      ])
  }

  @Test func `may take parking: a guest moves aside and on`() {
    let plan = PlanQuestion.parking().verifiedPlan()
    #expect(plan.completeness == .complete)
    #expect(plan.steps.filter { $0.vm == "a" }.map(\.destination) == ["parking", "host-3"])
  }

  @Test func `moves an anti-affinity partner away before a member comes`() {
    let question = PlanQuestion.crowded().with {
      $0.inventory.hosts[1].memory = .gibibytes(64)
      $0.inventory.hosts[2].memory = .gibibytes(12)
      $0.inventory.groups = [
        PlacementGroup(id: "pair", relation: .antiAffinity, members: ["vm", "small-2"]),
        PlacementGroup(id: "other", relation: .antiAffinity, members: ["vm", "small-3"]),
      ]
    }
    #expect(question.verifiedPlan().trail == ["small-2: host-2 > host-3", "vm: host-1 > host-2"])
  }

  @Test(arguments: [Batching.barrier, .rolling])
  func `waits in either kind of batch`(batching: Batching) {
    let question = PlanQuestion.chain(of: 2).with { $0.policy.concurrency.batching = batching }
    let plan = question.verifiedPlan()
    #expect(zip(plan.steps, plan.steps.dropFirst()).allSatisfy { $0.end <= $1.start })
  }
}

@Suite struct `Plans of tight worlds with move_others` {
  @Test(arguments: Array(UInt64(1)...100))
  func `hold, and leave nobody behind who leaves without it`(seed: UInt64) {
    let question = PlanQuestion.generated(seed).with { $0.policy.moveOthers = true }
    let plan = question.verifiedPlan()
    let without = question.with { $0.policy.moveOthers = false }.plan()
    #expect(plan.unplaced.count <= without.unplaced.count)
    if without.unplaced.isEmpty { #expect(plan == without) }
  }

  /// Guests are exchanged between full hosts until nothing of a loose world shows; whoever undoes it finds room.
  @Test(arguments: Array(UInt64(1)...20))
  func `are complete where the same world was loose before it was packed`(seed: UInt64) {
    let plan = PlanQuestion.packed(seed).verifiedPlan()
    #expect(plan.completeness == .complete)
  }
}

extension EvacuationPlan {
  /// Who goes where, step by step.
  fileprivate var trail: [String] { steps.map { "\($0.vm): \($0.source) > \($0.destination)" } }
}

extension PlanQuestion {
  /// 8 GiB have to leave; host-2 and host-3 have 4 GiB free each.
  fileprivate static func crowded() -> Self {
    let guests: [VirtualMachine] = [
      .small("vm", on: "host-1", memory: .gibibytes(8)), .small("small-1", on: "host-2"),
      .small("small-2", on: "host-2"), .small("small-3", on: "host-3"),
    ]
    var question = Self(
      .small(
        hosts: [
          .small("host-1"), .small("host-2", memory: .gibibytes(12)), .small("host-3", memory: .gibibytes(8)),
        ], vms: guests))
    question.policy.moveOthers = true
    return question
  }

  /// Each host but the last is full with one guest, which may go to the next one only.
  fileprivate static func chain(of length: Int) -> Self {
    func host(_ number: Int) -> Host.ID { .init("host-\(number)") }
    var guests = [VirtualMachine.small("vm", on: host(1), memory: .gibibytes(8))]
    var rules = [PolicyRule(match: RuleMatch(name: "vm"), destinations: [host(2)])]
    for number in 1...length {
      guests.append(.small(.init("guest-\(number)"), on: host(number + 1), memory: .gibibytes(8)))
      rules.append(
        PolicyRule(match: RuleMatch(name: "guest-\(number)"), destinations: [host(number + 2)]))
    }
    let hosts = (1...(length + 2)).map { Host.small(host($0), memory: .gibibytes(8)) }
    var question = Self(.small(hosts: hosts, vms: guests))
    question.policy.rules = PolicyRules(rules)
    question.policy.moveOthers = true
    return question
  }

  /// `a` can go to host-3 only when `b` has left it, `b` to host-2 only when `a` has, and the only place to wait is
  /// needed in the end.
  fileprivate static func parking() -> Self {
    let hosts: [Host] = [
      .small("host-1"), .small("host-2", memory: .gibibytes(32)), .small("host-3", memory: .gibibytes(24)),
      .small("parking", memory: .gibibytes(24)),
    ]
    let guests: [VirtualMachine] = [
      .small("v", on: "host-1", memory: .gibibytes(16)), .small("w", on: "host-1", memory: .gibibytes(24)),
      .small("a", on: "host-2", memory: .gibibytes(24)), .small("b", on: "host-3", memory: .gibibytes(16)),
    ]
    var question = Self(.small(hosts: hosts, vms: guests))
    let destinations: [(String, [Host.ID])] = [
      ("v", ["host-2"]), ("w", ["parking"]), ("a", ["host-3", "parking"]), ("b", ["host-2", "host-3"]),
    ]
    question.policy.rules = PolicyRules(
      destinations.map { PolicyRule(match: RuleMatch(name: $0.0), destinations: $0.1) })
    question.policy.moveOthers = true
    return question
  }

  /// Four hosts of 32 GiB, each with 4 GiB free in the end, and one large guest that has to leave: it fits only where
  /// small ones are moved together.
  fileprivate static func packed(_ seed: UInt64) -> Self {
    var draw = SeededGenerator(seed: seed, stream: "packed")
    let hosts = (1...6).map { Host.small(.init("host-\($0)"), memory: .gibibytes(32)) }
    var guests = [VirtualMachine.small("large", on: "host-1", memory: .gibibytes(16))]
    for host in hosts.dropFirst() {
      var left = 28 - draw.pick([0, 0, 4])
      while left > 0 {
        let size = min(left, draw.pick([1, 2, 4, 4, 8]))
        guests.append(
          .small(.init("guest-\(guests.count)"), on: host.id, vcpus: 1, memory: .gibibytes(Double(size))))
        left -= size
      }
    }
    var question = Self(.small(hosts: hosts, vms: guests), seed: seed)
    question.policy.moveOthers = true
    return question
  }
}
