import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Headroom after the plan` {
  @Test func `must take up the largest hosts that remain`() {
    // 128 GiB remain, 20 GiB of them used: one host of 64 GiB may fail, two may not.
    #expect(PlanBuilder.small { $0.policy.capacity.keepFree = .hosts(1) }.verdict() == [])
    #expect(PlanBuilder.small { $0.policy.capacity.keepFree = .hosts(2) }.verdict() == ["V204 "])
  }

  @Test func `does not count hosts that are down or disabled`() {
    let builder = PlanBuilder.small {
      $0.policy.capacity.keepFree = .hosts(1)
      $0.inventory.hosts.append(.small("host-4", memory: .gibibytes(256)))
      $0.inventory.virtualMachines.append(.small("huge", on: "host-4", memory: .gibibytes(200)))
    }
    #expect(builder.verdict() == ["V204 "])
    var disabled = builder
    disabled.changeHost("host-4") { $0.state = .disabled }
    #expect(disabled.verdict() == [])
  }

  @Test func `is a share of each host that received a guest`() {
    func keep(_ percent: Double, on platform: Platform) -> [String] {
      PlanBuilder.small {
        $0.inventory.platform = platform
        $0.policy.capacity.keepFree = .share(.percent(percent))
      }.verdict()
    }
    // host-2 ends with 52 of 64 GiB free (81.25 %); so does host-3 where stopped guests hold room, else it has
    // 56 (87.5 %).
    #expect(keep(81.25, on: .nova) == [])
    #expect(keep(82, on: .nova) == ["V204 host-2", "V204 host-3"])
    #expect(keep(82, on: .libvirt) == ["V204 host-2"])
    #expect(keep(88, on: .libvirt) == ["V204 host-2", "V204 host-3"])
  }
}
