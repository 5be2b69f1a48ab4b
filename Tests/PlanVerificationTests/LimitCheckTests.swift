import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Migrations at once` {
  private func together(
    _ modes: [MigrationMode], from sources: [Host.ID] = ["host-1"], to destinations: [Host.ID],
    limits: (inout ConcurrencyLimits) -> Void
  ) -> [String] {
    var builder = PlanBuilder.empty([])
    builder.policy.concurrency = ConcurrencyLimits(
      liveOutboundPerHost: .unlimited, coldOutboundPerHost: .unlimited)
    limits(&builder.policy.concurrency)
    builder.request.drain = sources
    builder.inventory.hosts.append(.small("host-4"))
    for (index, mode) in modes.enumerated() {
      let disks: [VirtualDisk] = mode == .block ? [.local()] : [.shared()]
      let vm = VirtualMachine.small(
        .init("vm-\(index)"), on: sources[index % sources.count], disks: disks)
      builder.inventory.virtualMachines.append(vm)
      builder.add(
        vm, to: destinations[index % destinations.count], mode, at: 0, batch: 1,
        bandwidth: .megabytesPerSecond(100))
    }
    return builder.verdict()
  }

  @Test func `count live and block together per source`() {
    let modes: [MigrationMode] = [.live, .block, .cold]
    #expect(together(modes, to: ["host-2"]) { $0.liveOutboundPerHost = .atMost(2) } == [])
    #expect(together(modes, to: ["host-2"]) { $0.liveOutboundPerHost = .atMost(1) } == ["V301 m002"])
  }

  @Test func `count cold ones apart`() {
    let modes: [MigrationMode] = [.cold, .live, .cold]
    #expect(together(modes, to: ["host-2"]) { $0.coldOutboundPerHost = .atMost(2) } == [])
    #expect(together(modes, to: ["host-2"]) { $0.coldOutboundPerHost = .atMost(1) } == ["V301 m003"])
  }

  @Test func `count all modes per destination`() {
    let modes: [MigrationMode] = [.cold, .live, .block]
    #expect(together(modes, to: ["host-2"]) { $0.inboundPerHost = .atMost(2) } == ["V301 m003"])
    #expect(together(modes, to: ["host-2", "host-3"]) { $0.inboundPerHost = .atMost(2) } == [])
  }

  @Test func `count all modes in the cluster`() {
    let modes: [MigrationMode] = [.cold, .live, .block]
    let hosts: [Host.ID] = ["host-1", "host-2", "host-3"]
    func cluster(_ limit: Int) -> [String] {
      together(modes, from: hosts, to: ["host-4"]) { $0.perCluster = .atMost(limit) }
    }
    #expect(cluster(3) == [])
    #expect(cluster(2) == ["V301 m003"])
  }

  @Test func `may follow each other without a gap`() {
    var builder = PlanBuilder.empty([.small("a", on: "host-1"), .small("b", on: "host-1")])
    let end = builder.move("a", to: "host-2", at: 0, batch: 1)
    builder.move("b", to: "host-2", at: end, batch: 2)
    #expect(builder.verdict() == [])
  }
}
