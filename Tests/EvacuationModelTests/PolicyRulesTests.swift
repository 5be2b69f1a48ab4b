import EvacuationModel
import Quantities
import Testing

private func guest(_ name: String, host: String = "a", labels: Labels = [:]) -> VirtualMachine {
  VirtualMachine(
    id: .init(name), host: .init(host), vcpus: 1, memory: .gibibytes(1), labels: labels)
}

private func rule(_ priority: Int, _ match: RuleMatch) -> PolicyRule {
  PolicyRule(match: match, priority: priority)
}

@Suite struct `Rules of a policy` {
  @Test func `the first match wins, plain or pattern`() {
    let patternFirst = PolicyRules([rule(1, .init(name: "db-*")), rule(2, .init(name: "db-1"))])
    #expect(patternFirst.first(for: guest("db-1"))?.priority == 1)
    let plainFirst = PolicyRules([rule(1, .init(name: "db-1")), rule(2, .init(name: "db-*"))])
    #expect(plainFirst.first(for: guest("db-1"))?.priority == 1)
    #expect(plainFirst.first(for: guest("db-2"))?.priority == 2)
    #expect(plainFirst.first(for: guest("web"))?.priority == nil)
  }

  @Test func `of two rules with one plain name the first counts`() {
    let rules = PolicyRules([rule(1, .init(name: "db")), rule(2, .init(name: "db"))])
    #expect(rules.first(for: guest("db"))?.priority == 1)
  }

  @Test func `name, host and every label must match`() {
    let match = RuleMatch(name: "db", host: "rack-a-*", labels: ["tier": "gold", "owner": "pay*"])
    let labels: Labels = ["tier": "gold", "owner": "payments", "more": "x"]
    #expect(match.matches(guest("db", host: "rack-a-1", labels: labels)))
    #expect(!match.matches(guest("db", host: "rack-b-1", labels: labels)))
    #expect(!match.matches(guest("db", host: "rack-a-1", labels: ["tier": "gold"])))
    #expect(PolicyRules([rule(1, match)]).first(for: guest("db", host: "rack-b-1")) == nil)
  }

  @Test func `settings are the policy's with the rule's changes`() {
    var policy = Policy(name: "x", platform: .libvirt)
    policy.rules = PolicyRules([
      PolicyRule(match: .init(name: "db"), modes: [], priority: 3, cold: ColdPolicy(allowed: false))
    ])
    #expect(policy.settings(for: guest("db")).modes == [])
    #expect(policy.settings(for: guest("db")).priority == 3)
    #expect(!policy.settings(for: guest("db")).cold.allowed)
    #expect(policy.settings(for: guest("web")).modes == [.live, .block, .cold])
    policy.cold.allowed = false
    #expect(policy.settings(for: guest("web")).modes == [.live, .block])
  }
}
