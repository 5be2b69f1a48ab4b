import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Size rule` {
  private func question(_ memory: Double) -> PlanQuestion {
    var target = Host.small("host-2", memory: .gibibytes(10))
    target.reservedMemory = .gibibytes(2)
    return .pair(vm: .small("vm", on: "host-1", memory: .gibibytes(memory)), to: target)
  }

  @Test func `a guest larger than the whole host would not fit if the host were empty`() {
    #expect(question(8).answer() == "goes")
    #expect(question(9).answer() == "host_too_small: has 8 GiB in all, the guest needs 9 GiB")
  }

  @Test func `overcommit makes the host larger`() {
    #expect(question(9).with { $0.policy.capacity.memoryOvercommit = 1.125 }.answer() == "goes")
  }
}
