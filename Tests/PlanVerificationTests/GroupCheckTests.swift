import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Groups` {
  private func grouped(
    _ relation: PlacementGroup.Relation, _ scope: PlacementGroup.Scope, _ members: [VirtualMachine.ID],
    strictness: PlacementGroup.Strictness = .hard, change: (inout PlanBuilder) -> Void = { _ in }
  ) -> [String] {
    PlanBuilder.small {
      $0.inventory.groups = [
        .init(id: "g", relation: relation, strictness: strictness, scope: scope, members: members)
      ]
      change(&$0)
    }.verdict()
  }

  @Test func `of guests that belong apart must not meet in the end`() {
    #expect(grouped(.antiAffinity, .host, ["web-1", "web-2"]) == ["V404 m001"])
    #expect(grouped(.antiAffinity, .host, ["db-1", "web-2"]) == [])
  }

  @Test func `that were broken on the drained host are not blamed when they part`() {
    #expect(grouped(.antiAffinity, .host, ["web-1", "db-1"]) == [])
    #expect(grouped(.antiAffinity, .host, ["web-1", "gpu-1"]) == ["V404 m004"])
  }

  @Test func `of guests that belong apart must not meet on the way`() {
    func pass(at start: Double) -> [String] {
      var builder = PlanBuilder.empty([.small("web-1", on: "host-1"), .small("web-2", on: "host-2")])
      builder.policy.moveOthers = true
      builder.policy.concurrency.batching = .rolling
      builder.inventory.groups = [
        .init(id: "g", relation: .antiAffinity, members: ["web-1", "web-2"])
      ]
      builder.move("web-2", to: "host-3", at: 0, batch: 1)
      builder.move("web-1", to: "host-2", at: start, batch: 2, after: ["m001"])
      return builder.verdict()
    }
    let end = PlanBuilder.small.steps[0].end.seconds
    #expect(pass(at: end - 1) == ["V304 m002", "V404 m002"])
    #expect(pass(at: end) == [])
  }

  @Test func `over racks see hosts of one rack as one place`() {
    #expect(grouped(.antiAffinity, .rack, ["web-1", "web-2"]) == ["V404 m001"])
    // A guest does not meet itself when it stays in its rack.
    #expect(grouped(.antiAffinity, .rack, ["web-1", "ghost"]) == [])
  }

  @Test func `over racks still have a member where it moved within its rack`() {
    var builder = PlanBuilder.empty([.small("web-1", on: "host-1"), .small("web-2", on: "host-3")])
    builder.policy.moveOthers = true
    builder.inventory.hosts.append(.small("host-4", rack: "a"))
    builder.inventory.groups = [
      .init(id: "g", relation: .antiAffinity, scope: .rack, members: ["web-1", "web-2"])
    ]
    let end = builder.move("web-1", to: "host-2", at: 0, batch: 1)
    #expect(builder.verdict() == [])
    builder.move("web-2", to: "host-4", at: end, batch: 2)
    #expect(builder.verdict() == ["V404 m002", "V502 m002"])
  }

  @Test func `over zones are not judged where hosts have none`() {
    #expect(grouped(.antiAffinity, .zone, ["web-1", "web-2"]) == [])
    #expect(grouped(.affinity, .zone, ["web-1", "db-1"]) == [])
  }

  @Test func `of guests that belong together must end up together`() {
    #expect(grouped(.affinity, .host, ["web-1", "gpu-1"]) == [])
    #expect(grouped(.affinity, .host, ["web-1", "db-1"]) == ["V404 m001"])
    #expect(grouped(.affinity, .rack, ["web-1", "web-2"]) == [])
  }

  @Test func `of guests that belong together and were split before are not blamed`() {
    // web-2 is on host-2; db-1 leaves host-1 for host-3, web-1 for host-2.
    #expect(grouped(.affinity, .host, ["web-2", "db-1"]) == [])
    #expect(grouped(.affinity, .host, ["web-1", "db-1", "web-2"]) == [])
    #expect(grouped(.affinity, .host, ["web-1", "web-2"]) == [])
  }

  @Test func `that the plan does not touch are not judged`() {
    let others: (inout PlanBuilder) -> Void = {
      $0.inventory.virtualMachines.append(.small("web-3", on: "host-2"))
      $0.inventory.virtualMachines.append(.small("web-4", on: "host-3"))
    }
    #expect(grouped(.antiAffinity, .host, ["web-2", "web-3"], change: others) == [])
    #expect(grouped(.affinity, .host, ["web-3", "web-4"], change: others) == [])
  }

  @Test func `that are soft are not judged`() {
    #expect(grouped(.antiAffinity, .host, ["web-1", "web-2"], strictness: .soft) == [])
    #expect(grouped(.affinity, .host, ["web-1", "db-1"], strictness: .soft) == [])
  }
}
