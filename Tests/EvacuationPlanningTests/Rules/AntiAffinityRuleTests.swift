import EvacTestSupport
import EvacuationModel
import Testing

@Suite struct `Anti-affinity rule` {
  private func question(
    _ scope: PlacementGroup.Scope = .host, strictness: PlacementGroup.Strictness = .hard,
    partner: Host.ID = "host-2"
  ) -> PlanQuestion {
    .pair(
      from: .small("host-1", zone: "z", rack: "a"), to: .small("host-2", zone: "z", rack: "b"),
      guests: [.small("partner", on: partner)],
      groups: [
        .init(
          id: "quorum", relation: .antiAffinity, strictness: strictness, scope: scope,
          members: ["vm", "partner"])
      ])
  }

  @Test func `a host with a partner on it takes no other member`() {
    #expect(question().answer() == "anti_affinity: already has partner of anti-affinity group quorum")
    #expect(question(strictness: .soft).answer() == "goes")
  }

  @Test func `partners that leave together go to different hosts`() {
    let question = question(partner: "host-1")
    #expect(question.verifiedPlan().unplaced.count == 1)
    let plan = question.with { $0.inventory.hosts.append(.small("host-3")) }.verifiedPlan()
    #expect(Set(plan.steps.map(\.destination)) == ["host-2", "host-3"])
  }

  @Test func `a rack or a zone counts as one place`() {
    let rack = question(.rack).with {
      $0.inventory.hosts.append(.small("host-3", zone: "z", rack: "b"))
      $0.inventory.virtualMachines[1].host = "host-3"
    }
    #expect(rack.answer() == "anti_affinity: already has partner of anti-affinity group quorum")
    // The partner is still in zone z while vm moves within it.
    #expect(
      question(.zone).answer() == "anti_affinity: already has partner of anti-affinity group quorum")
  }

  @Test func `a guest is no partner of itself`() {
    let question = question(.zone).with { $0.inventory.groups[0].members = ["vm", "vm", "nobody"] }
    #expect(question.answer() == "goes")
  }

  @Test func `a partner that is to leave still counts where it is`() {
    let question = question().with {
      $0.inventory.hosts.append(.small("host-3"))
      $0.request.drain = ["host-1", "host-2"]
    }
    let plan = question.verifiedPlan()
    #expect(plan.steps.count == 1 && plan.unplaced.count == 1)
  }
}
