import EvacuationModel
import Quantities

extension PolicyReader {
  /// The rules, each with the settings of `policy` that it changes.
  static func rules(
    _ section: PolicySection, _ policy: Policy, _ base: PreCopyBase
  ) -> PolicyRules {
    let none = Sourced([PolicyRule](), "no exceptions")
    return PolicyRules(
      section.setting(
        "rules", none, text: { $0.isEmpty ? "none" : counted($0.count, "rule") },
        read: { $0.list().compactMap { $0.mapping { rule($0, policy, base) } } }))
  }

  private static func rule(_ fields: Fields, _ policy: Policy, _ base: PreCopyBase) -> PolicyRule {
    var rule = PolicyRule(match: RuleMatch())
    if let match = fields.required("match", example: "{ name: \"db-*\" }") {
      rule.match = match.mapping(self.match) ?? RuleMatch()
    }
    rule.modes = fields["modes"]?.list().compactMap { $0.choice() }
    rule.maxDowntime = fields["max_downtime"]?.positive()
    rule.priority = fields["priority"]?.int(in: -1_000_000...1_000_000)
    rule.destinations = fields["destinations"]?.strings().map { Host.ID($0) }
    rule.duration = fields["duration"]?.positive()
    rule.precopy = fields["precopy"].flatMap { value in
      value.mapping { changes in
        preCopy(PolicySection(name: nil, fields: changes, log: nil), base)
      }
    }
    rule.cold = fields["cold"].flatMap { value in
      value.mapping { changes in
        cold(PolicySection(name: nil, fields: changes, log: nil), Sourced(policy.cold, "the policy's own"))
      }
    }
    rule.notBetween = fields["not_between"]?.blackouts() ?? []
    return rule
  }

  private static func match(_ fields: Fields) -> RuleMatch {
    RuleMatch(name: fields["name"]?.name(), host: fields["host"]?.name(), labels: fields.labels())
  }
}
