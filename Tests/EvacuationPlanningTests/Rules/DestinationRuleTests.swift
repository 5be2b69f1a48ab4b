import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Destination rule` {
  private func answer(_ destinations: [Host.ID]?) -> String {
    PlanQuestion.pair().with {
      $0.inventory.hosts.append(.small("host-3", state: .disabled))
      $0.policy.rules = PolicyRules([.init(match: .init(name: "v*"), destinations: destinations)])
    }.answer()
  }

  @Test func `a guest goes only where the policy's rule sends it`() {
    #expect(answer(nil) == "goes")
    #expect(answer(["host-2", "host-3"]) == "goes")
    let refusal = "not_a_permitted_destination: is not among the destinations that the policy permits"
    #expect(answer(["host-3"]) == refusal)
    #expect(answer(["nowhere"]) == refusal)
    #expect(answer([]) == refusal)
  }

  @Test func `two guests with a room for one of them stay apart from each other's destination`() {
    let question = PlanQuestion.pair(
      to: .small("host-2", memory: .gibibytes(4)), guests: [.small("other", on: "host-1")]
    ).with {
      $0.inventory.hosts.append(.small("host-3", memory: .gibibytes(4)))
      $0.policy.rules = PolicyRules([.init(match: .init(name: "other"), destinations: ["host-3"])])
    }
    let plan = question.verifiedPlan()
    #expect(plan.destination(of: "other") == "host-3")
    #expect(plan.destination(of: "vm") == "host-2")
  }
}
