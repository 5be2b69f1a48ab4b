import EvacTestSupport
import EvacuationModel
import PlanVerification
import Quantities
import Testing

@Suite struct `Verifying a plan` {
  @Test func `finds nothing in a plan that holds`() {
    #expect(PlanBuilder.small.verdict() == [])
  }

  @Test func `finds nothing in a plan for which there is nothing to do`() {
    #expect(PlanBuilder(inventory: .threeHosts, drain: []).verdict() == [])
  }

  @Test func `puts errors before warnings, then sorts by code and place`() {
    let builder = PlanBuilder.small {
      $0.policy.capacity.keepFree = .hosts(5)
      $0.change("m003") { $0.destination = "host-1" }
      $0.change("m001") { $0.destination = "nowhere" }
    }
    let findings = builder.findings(in: builder.plan())
    #expect(findings.map(\.severity) == findings.map(\.severity).sorted())
    #expect(findings.first?.code == .unknownSubject)
    #expect(findings.last?.code == .headroomLost)
  }

  @Test func `every finding is about the plan and says what to do`() {
    let builder = PlanBuilder.small { $0.change("m001") { $0.destination = "host-1" } }
    let findings = builder.findings(in: builder.plan())
    #expect(!findings.isEmpty)
    #expect(findings.allSatisfy { $0.path == "plan" && !$0.help.isEmpty })
  }

  @Test(arguments: ["inventory", "policy"])
  func `remarks that the plan names another input`(input: String) {
    let verdict = PlanBuilder.small.verdict {
      if input == "policy" { $0.policy.name = "other" } else { $0.inventory.name = "other" }
    }
    #expect(verdict == ["V101 \(input)"])
  }
}
