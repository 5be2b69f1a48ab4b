import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Whoever needs room that another step frees` {
  /// `vm` of 8 GiB enters host-2 when `small-1` has left it for host-3; `waits` says whether it depends on that.
  private func builder(waits: Bool, batching: Batching = .rolling) -> PlanBuilder {
    let inventory = Inventory.small(
      hosts: [
        .small("host-1"), .small("host-2", memory: .gibibytes(12)), .small("host-3", memory: .gibibytes(8)),
      ],
      vms: [
        .small("vm", on: "host-1", memory: .gibibytes(8)), .small("small-1", on: "host-2"),
        .small("small-2", on: "host-2"),
      ])
    var builder = PlanBuilder(inventory: inventory, drain: ["host-1"])
    builder.policy.moveOthers = true
    builder.policy.concurrency.batching = batching
    let end = builder.move("small-1", to: "host-3", at: 0, batch: 1)
    builder.move("vm", to: "host-2", at: end, batch: 2, after: waits ? ["m001"] : [])
    return builder
  }

  @Test func `depends on it`() {
    #expect(builder(waits: true).verdict() == [])
    #expect(builder(waits: false).verdict() == ["V305 m002", "V502 m001"])
  }

  @Test func `need not name it where batches wait for each other`() {
    #expect(builder(waits: false, batching: .barrier).verdict() == ["V502 m001"])
  }

  @Test func `may depend on it by a detour`() {
    var detour = builder(waits: false)
    detour.inventory.virtualMachines.append(.small("other", on: "host-1", memory: .gibibytes(1)))
    detour.steps.removeLast()
    let end = detour.move("other", to: "host-3", at: 100, batch: 2, after: ["m001"])
    detour.move("vm", to: "host-2", at: end, batch: 3, after: ["m002"])
    #expect(!detour.verdict().contains("V305 m003"))
  }

  @Test func `depends on the departure of an anti-affinity partner, too`() {
    func verdict(waits: Bool) -> [String] {
      var apart = builder(waits: waits)
      apart.inventory.hosts[1].memory = .gibibytes(64)
      apart.inventory.groups = [
        PlacementGroup(id: "apart", relation: .antiAffinity, members: ["vm", "small-1"])
      ]
      return apart.verdict()
    }
    #expect(verdict(waits: true) == [])
    #expect(verdict(waits: false) == ["V305 m002", "V502 m001"])
  }

  @Test func `depends on its own first move`() {
    func verdict(waits: Bool) -> [String] {
      var twice = builder(waits: true)
      twice.inventory.hosts.append(.small("host-4"))
      let end = twice.steps[1].end.seconds
      twice.move("small-1", to: "host-4", at: end, batch: 3, after: waits ? ["m001"] : [])
      twice.change("m003") { $0.source = "host-3" }
      return twice.verdict()
    }
    // Nobody needs the room on host-3, so that the second move is needless in any case.
    #expect(verdict(waits: true) == ["V502 m003"])
    #expect(verdict(waits: false) == ["V305 m003", "V502 m003"])
  }
}
