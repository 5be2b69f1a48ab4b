import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Affinity rule` {
  private func question(
    _ scope: PlacementGroup.Scope, partner: Host.ID, strictness: PlacementGroup.Strictness = .hard
  ) -> PlanQuestion {
    PlanQuestion.pair(
      from: .small("host-1", rack: "a"), to: .small("host-2", rack: "b"),
      guests: [.small("partner", on: partner)],
      groups: [
        .init(
          id: "pair", relation: .affinity, strictness: strictness, scope: scope, members: ["vm", "partner"])
      ]
    ).with { $0.inventory.hosts.append(.small("host-3", state: .disabled, rack: "a")) }
  }

  @Test func `a guest does not leave the rack in which its partner stays`() {
    #expect(
      question(.rack, partner: "host-3").answer() == "affinity: is not with partner of affinity group pair")
    #expect(question(.rack, partner: "host-3", strictness: .soft).answer() == "goes")
    let sameRack = question(.rack, partner: "host-3").with { $0.inventory.hosts[1].rack = "a" }
    #expect(sameRack.answer() == "goes")
  }

  @Test func `partners that leave together arrive together`() {
    let plan = question(.host, partner: "host-1").verifiedPlan()
    #expect(plan.steps.map(\.destination) == ["host-2", "host-2"])
  }

  @Test func `partners that do not fit together stay together`() {
    let question = question(.host, partner: "host-1").with { $0.inventory.hosts[1].memory = .gibibytes(7) }
    #expect(question.verifiedPlan().unplaced.count == 2)
    #expect(question.answer() == "affinity: is not with partner of affinity group pair")
  }

  @Test func `a guest whose partner cannot leave the rack stays with it`() {
    // The partner is placed last and finds no room: vm, which was placed before, must not be parted from it.
    let question = question(.rack, partner: "host-1").with {
      $0.inventory.hosts[1].memory = .gibibytes(7)
      $0.inventory.hosts.append(.small("host-4", memory: .gibibytes(3), rack: "b"))
    }
    #expect(question.verifiedPlan().unplaced.map(\.vm).sorted() == ["partner", "vm"])
  }

  @Test func `hosts without a rack are in no common place`() {
    let question = question(.rack, partner: "host-1").with {
      $0.inventory.hosts[0].rack = nil
      $0.inventory.hosts[1].rack = nil
    }
    #expect(question.answer() == "goes")
  }
}
