import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The receivers' balance` {
  /// host-1 is drained of two guests; host-2 has a guest, host-3 and host-4 have none.
  private func receivers(_ preference: ReceiverPreference, memory: Double = 4) -> Set<Host.ID> {
    var question = PlanQuestion(
      .small(
        hosts: (1...4).map { .small(.init("host-\($0)")) },
        vms: [
          .small("a", on: "host-1", memory: .gibibytes(memory)),
          .small("b", on: "host-1", memory: .gibibytes(memory)),
          .small("there", on: "host-2", memory: .gibibytes(8)),
        ]))
    question.policy.receivers = preference
    return Set(question.verifiedPlan().steps.map(\.destination))
  }

  @Test func `spreads guests over the hosts with the most room`() {
    #expect(receivers(.spread) == ["host-3", "host-4"])
  }

  @Test func `packs them onto as few as possible`() {
    #expect(receivers(.pack) == ["host-2"])
  }

  @Test func `leaves empty hosts empty as long as others have room`() {
    #expect(receivers(.keepEmpty) == ["host-2"])
    #expect(receivers(.keepEmpty, memory: 40).count == 2)
  }

  @Test func `looks at what is scarcest: a host without CPUs to spare is fuller than one without memory`() {
    var question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2"), .small("host-3")],
        vms: [
          .small("vm", on: "host-1", vcpus: 2),
          .small("cpus", on: "host-2", vcpus: 12, memory: .gibibytes(1)),
          .small("memory", on: "host-3", vcpus: 1, memory: .gibibytes(20)),
        ]))
    question.policy.capacity.cpuOvercommit = 1
    #expect(question.verifiedPlan().destination(of: "vm") == "host-3")
  }
}
