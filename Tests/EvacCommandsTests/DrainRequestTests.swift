import EvacTestSupport
import EvacuationModel
import Testing

@testable import EvacCommands

@Suite struct `A request to drain` {
  private func findings(_ drain: [String], rules: [PolicyRule] = [], hosts: Inventory = .threeHosts)
    -> [Finding]
  {
    var policy = Policy(name: "test", platform: .nova)
    policy.rules = PolicyRules(rules)
    return DrainRequest.findings(drain: drain, inventory: hosts, policy: policy)
  }

  @Test func `names hosts of the inventory`() {
    #expect(findings(["host-1", "host-2"]) == [])
    let unknown = findings(["hots-1", "host-2", "elsewhere"])
    #expect(unknown.map(\.place) == ["hots-1", "elsewhere"])
    #expect(unknown.allSatisfy { $0.code == .unknownDrainHost && $0.severity == .error })
    #expect(unknown.first?.help == "did you mean `host-1`?")
    #expect(unknown.last?.help == "the inventory has host-1, host-2, host-3")
  }

  @Test func `says how many hosts there are when there are many`() {
    let many = Inventory.small(hosts: (1...22).map { .small(.init("host-\($0)")) })
    #expect(
      findings(["elsewhere"], hosts: many).map(\.help)
        == ["the inventory has 22 hosts: host-1, host-2, host-3, host-4, host-5, …"])
    #expect(findings(["elsewhere"], hosts: .small(hosts: [])).map(\.help) == ["the inventory has no hosts"])
  }

  @Test func `does not empty the only host that a rule leaves a guest`() {
    let rule = PolicyRule(match: .init(name: "web-1"), destinations: ["host-2"])
    #expect(findings(["host-1"], rules: [rule]) == [])
    let both = findings(["host-1", "host-2"], rules: [rule])
    #expect(both.map(\.code) == [.drainedDestination])
    #expect(both.first?.place == "web-1")
    #expect(findings(["host-2"], rules: [rule]) == [], "web-1 is not on host-2")
    let wider = PolicyRule(match: .init(name: "web-1"), destinations: ["host-2", "host-3"])
    #expect(findings(["host-1", "host-2"], rules: [wider]) == [])
  }
}
