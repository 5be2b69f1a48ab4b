import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Traffic on NICs and links` {
  /// Two live migrations at once with 400 MB/s each; 80 % of a NIC of 10 Gbit/s are 1000 MB/s.
  private func pair(
    from sources: [Host.ID], to destinations: [Host.ID], share: Double = 80, uplinks: Double = 40,
    second start: Double = 0
  ) -> [String] {
    var builder = PlanBuilder.empty([])
    builder.policy.concurrency.liveOutboundPerHost = .unlimited
    builder.policy.concurrency.batching = .rolling
    builder.policy.network.usableShare = .percent(share)
    builder.request.drain = sources
    builder.inventory.hosts.append(.small("host-4", links: ["rack-b-uplink"]))
    for index in builder.inventory.links.indices {
      builder.inventory.links[index].bandwidth = .gigabitsPerSecond(uplinks)
    }
    for index in 0..<2 {
      let vm = VirtualMachine.small(.init("vm-\(index)"), on: sources[index % sources.count])
      builder.inventory.virtualMachines.append(vm)
      builder.add(
        vm, to: destinations[index % destinations.count], .live, at: index == 0 ? 0 : start, batch: 1 + index)
    }
    return builder.verdict()
  }

  @Test func `fits the source's NIC`() {
    #expect(pair(from: ["host-1"], to: ["host-2", "host-3"], share: 64) == [])
    #expect(pair(from: ["host-1"], to: ["host-2", "host-3"], share: 63.9) == ["V302 m002"])
  }

  @Test func `fits the destination's NIC`() {
    #expect(pair(from: ["host-1", "host-2"], to: ["host-3"], share: 64) == [])
    #expect(pair(from: ["host-1", "host-2"], to: ["host-3"], share: 63.9) == ["V302 m002"])
  }

  @Test func `crosses the links of both hosts`() {
    // Both start behind rack-a-uplink, outwards, and end behind rack-b-uplink, inwards.
    #expect(pair(from: ["host-1", "host-2"], to: ["host-3", "host-4"], uplinks: 8) == [])
    #expect(
      pair(from: ["host-1", "host-2"], to: ["host-3", "host-4"], uplinks: 7.9)
        == ["V302 m002", "V302 m002"])
  }

  @Test func `uses each direction of a link by itself`() {
    #expect(pair(from: ["host-1", "host-3"], to: ["host-4", "host-2"], uplinks: 4) == [])
  }

  @Test func `does not cross a link that both hosts are behind`() {
    #expect(
      pair(from: ["host-1", "host-2"], to: ["host-2", "host-1"], uplinks: 0.001).allSatisfy {
        !$0.hasPrefix("V302")
      })
  }

  @Test func `flows only between preparation and completion`() {
    let step = PlanBuilder.small.steps[0]
    // Completion takes 2.4 s at the first, preparation 4.5 s at the second.
    let touching = step.end.seconds - 2.4 - 4.5
    #expect(pair(from: ["host-1"], to: ["host-2"], share: 40, second: touching) == [])
    #expect(
      pair(from: ["host-1"], to: ["host-2"], share: 40, second: touching - 0.01) == [
        "V302 m002", "V302 m002",
      ])
  }

  @Test func `counts nothing for a step without a bandwidth of its own`() {
    func bandwidth(_ rate: DataRate) -> [String] {
      PlanBuilder.small { $0.change("m001") { $0.bandwidth = rate } }.verdict()
    }
    #expect(bandwidth(.zero) == [])
    #expect(bandwidth(.unlimited) == [])
    #expect(bandwidth(.gigabitsPerSecond(9)) == ["V302 m001", "V302 m001"])
  }
}
