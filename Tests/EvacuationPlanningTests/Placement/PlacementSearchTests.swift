import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The choice of destinations` {
  /// host-1 is drained of `guests`; hosts 2, 3, … have `memory`.
  private func question(
    _ guests: [VirtualMachine], memory: [Double], there: [VirtualMachine] = [], groups: [PlacementGroup] = []
  ) -> PlanQuestion {
    let targets = memory.enumerated().map { index, size in
      Host.small(.init("host-\(index + 2)"), memory: .gibibytes(size))
    }
    return PlanQuestion(
      .small(hosts: [.small("host-1")] + targets, vms: guests + there, groups: groups))
  }

  private func guest(_ id: VirtualMachine.ID, _ memory: Double, vcpus: Int = 1) -> VirtualMachine {
    .small(id, on: "host-1", vcpus: vcpus, memory: .gibibytes(memory))
  }

  private func destinations(_ question: PlanQuestion) -> [String: String] {
    let plan = question.verifiedPlan()
    return Dictionary(
      plan.steps.map { ($0.vm.name, $0.destination.name) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `spreads guests over the hosts that stay`() {
    let found = destinations(question([guest("a", 4), guest("b", 4)], memory: [64, 64]))
    #expect(Set(found.values) == ["host-2", "host-3"])
  }

  @Test func `packs them where spreading would leave somebody behind`() {
    // Once a host has one of the small ones, the large one's CPUs are not free there.
    var question = question(
      [guest("a", 4), guest("b", 4), guest("c", 4), guest("d", 4), guest("large", 2, vcpus: 16)],
      memory: [64, 64])
    question.policy.capacity.cpuOvercommit = 1
    let found = destinations(question)
    #expect(found.count == 5)
    #expect(Set(["a", "b", "c", "d"].compactMap { found[$0] }).count == 1)
  }

  @Test func `moves a guest aside that was placed before, to let another in`() {
    // The larger one would rather go to host-2, but then the smaller one, which may not go to host-3, stays.
    let found = destinations(
      question(
        [guest("larger", 6), guest("smaller", 4)], memory: [9, 8],
        there: [.small("partner", on: "host-3", memory: .gibibytes(2))],
        groups: [.init(id: "apart", relation: .antiAffinity, members: ["smaller", "partner"])]))
    #expect(found == ["larger": "host-3", "smaller": "host-2"])
  }

  @Test func `finds a host for all members of an affinity group, by way of chains too`() {
    let found = destinations(
      question(
        [guest("a", 4), guest("b", 4), guest("c", 1), guest("d", 1)], memory: [8, 10],
        groups: [
          .init(id: "ab", relation: .affinity, members: ["a", "b"]),
          .init(id: "bc", relation: .affinity, members: ["b", "c"]),
        ]))
    #expect(found == ["a": "host-3", "b": "host-3", "c": "host-3", "d": "host-2"])
  }

  @Test func `keeps soft groups where it can`() {
    func found(_ relation: PlacementGroup.Relation, there: [VirtualMachine], memory: [Double]) -> [String:
      String]
    {
      destinations(
        question(
          [guest("a", 4), guest("b", 4)], memory: memory, there: there,
          groups: [
            .init(id: "soft", relation: relation, strictness: .soft, members: ["a", "b", "other"])
          ]))
    }
    // host-3 is far emptier.
    let apart = found(
      .antiAffinity, there: [.small("full", on: "host-2", memory: .gibibytes(50))], memory: [64, 64])
    #expect(Set(apart.values) == ["host-2", "host-3"])
    let together = found(
      .affinity, there: [.small("other", on: "host-2", memory: .gibibytes(50))], memory: [64, 64])
    #expect(Set(together.values) == ["host-2"])
    let broken = found(.antiAffinity, there: [], memory: [64])
    #expect(broken.count == 2)
  }

  @Test func `brings a hard affinity group together that was split before, where there is room`() {
    func found(_ memory: Double) -> [String: String] {
      destinations(
        question(
          [guest("a", 4)], memory: [memory, 64], there: [.small("b", on: "host-2", memory: .gibibytes(4))],
          groups: [.init(id: "split", relation: .affinity, members: ["a", "b"])]))
    }
    #expect(found(8) == ["a": "host-2"])
    #expect(found(7) == ["a": "host-3"])
  }

  @Test func `brings such a group together from two drained hosts`() {
    var question = question(
      [guest("a", 4)], memory: [64, 64, 64], there: [.small("b", on: "host-2", memory: .gibibytes(8))],
      groups: [.init(id: "split", relation: .affinity, members: ["a", "b"])])
    question.request.drain = ["host-1", "host-2"]
    #expect(Set(destinations(question).values).count == 1)
  }

  @Test func `prefers a host to which a guest moves running over one to which it must be restarted`() {
    var busy = guest("busy", 4)
    busy.memoryActivity = MemoryActivity(writeRate: .megabytesPerSecond(400), workingSet: .gigabytes(1))
    var question = question([busy], memory: [64, 8], there: [.small("there", on: "host-3")])
    question.inventory.hosts[1].migrationBandwidth = .gigabitsPerSecond(1)
    let plan = question.verifiedPlan()
    #expect(plan.destination(of: "busy") == "host-3")
    #expect(plan.step(of: "busy")?.mode == .live)
    question.inventory.hosts[2].state = .disabled
    #expect(question.verifiedPlan().step(of: "busy")?.mode == .cold)
  }

  @Test func `prefers the faster path between hosts of like load`() {
    var question = question([guest("a", 16)], memory: [64, 64])
    question.inventory.hosts[1].migrationBandwidth = .gigabitsPerSecond(2)
    #expect(destinations(question) == ["a": "host-3"])
  }
}

@Suite struct `A guest that stays` {
  @Test func `is reported with what every host lacks, and what helps`() {
    let question = PlanQuestion(
      .small(
        hosts: [
          .small("host-1"), .small("host-2", memory: .gibibytes(6)), .small("host-3", memory: .gibibytes(7)),
          .small("host-4", state: .disabled),
        ],
        vms: [
          .small("vm", on: "host-1", memory: .gibibytes(5)), .small("x", on: "host-2"),
          .small("y", on: "host-3"),
        ]))
    let plan = question.verifiedPlan()
    #expect(plan.completeness == .impossible && plan.steps.isEmpty)
    #expect(plan.unplaced[0].refusals.map(\.code) == ["memory", "memory", "host_state"])
    #expect(
      plan.unplaced[0].message
        == "vm cannot leave host-1: of 3 other hosts 2 are short of memory, 1 takes no arrivals; free room on "
        + "one of them, add a host, or stop a guest")
  }

  @Test func `leaves the rest of the plan as it is`() {
    let question = PlanQuestion.pair(
      guests: [.small("pinned", on: "host-1", devices: [.init(kind: "sriov", name: "vf0")])])
    let plan = question.verifiedPlan()
    #expect(plan.completeness == .partial)
    #expect(plan.steps.map(\.vm) == ["vm"] && plan.unplaced.map(\.vm) == ["pinned"])
  }

  @Test func `is told to drain fewer hosts where all are drained`() {
    let plan = PlanQuestion.pair().with { $0.request.drain = ["host-2", "host-1"] }.verifiedPlan()
    #expect(
      plan.unplaced[0].message
        == "vm cannot leave host-1: every other host is being drained as well; drain fewer at once")
  }
}
