import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Headroom rule` {
  /// Besides host-2, host-3 stays: 64 GiB each, of which 20 and 40 GiB are taken.
  private func question(_ keepFree: Headroom, memory: Double = 4, on platform: Platform = .nova)
    -> PlanQuestion
  {
    PlanQuestion.pair(
      vm: .small("vm", on: "host-1", memory: .gibibytes(memory)),
      guests: [
        .small("there", on: "host-2", memory: .gibibytes(20)),
        .small("far", on: "host-3", memory: .gibibytes(40)),
      ], platform: platform
    ).with {
      $0.inventory.hosts.append(.small("host-3"))
      $0.policy.rules = PolicyRules([.init(match: .init(name: "vm"), destinations: ["host-2"])])
      $0.policy.capacity.keepFree = keepFree
    }
  }

  @Test func `the free memory of all hosts together stays that of the largest ones`() {
    // 68 GiB are free; one host has 64.
    #expect(question(.hosts(0), memory: 20).answer() == "goes")
    #expect(question(.hosts(1), memory: 4).answer() == "goes")
    #expect(
      question(.hosts(1), memory: 5).answer()
        == "headroom: the headroom that the policy keeps would be 1 GiB short")
    #expect(
      question(.hosts(2), memory: 4).answer()
        == "headroom: the headroom that the policy keeps would be 64 GiB short")
  }

  @Test func `a share of each receiver's own memory stays free`() {
    // 44 GiB are free on host-2; a quarter of it are 16 GiB.
    #expect(question(.share(.percent(25)), memory: 28).answer() == "goes")
    #expect(
      question(.share(.percent(25)), memory: 29).answer()
        == "headroom: the headroom that the policy keeps would be 1 GiB short")
  }

  @Test func `hosts that take no arrivals are no reserve`() {
    let question = question(.hosts(1)).with {
      $0.inventory.hosts.append(.small("host-4", state: .disabled, memory: .gibibytes(256)))
    }
    #expect(question.answer() == "goes")
  }

  @Test func `who needs no memory goes even where the headroom is lost already`() {
    let question = question(.hosts(2), on: .libvirt).with { $0.inventory.virtualMachines[0].state = .stopped }
    #expect(question.answer() == "goes")
  }
}
