/// What a rule is about.
public struct RuleMatch: Hashable, Sendable {
  /// A glob over the virtual machine's name (`*`, `?`); `nil` matches all.
  public var name: String?
  /// A glob over the name of its host; `nil` matches all.
  public var host: String?
  /// Globs over its labels, all of which must match.
  public var labels: Labels

  /// A match.
  public init(name: String? = nil, host: String? = nil, labels: Labels = .init()) {
    self.name = name
    self.host = host
    self.labels = labels
  }

  /// Whether the rule is about `vm`.
  public func matches(_ vm: VirtualMachine) -> Bool {
    if let name, !Glob(name).matches(vm.id.name) { return false }
    if let host, !Glob(host).matches(vm.host.name) { return false }
    return labels.pairs.allSatisfy { wanted in
      vm.labels[wanted.key].map { Glob(wanted.value).matches($0) } ?? false
    }
  }
}

/// An exception for some virtual machines.
public struct PolicyRule: Hashable, Sendable {
  /// What it is about.
  public var match: RuleMatch
  /// The modes that are permitted; empty: never moved; `nil`: no restriction.
  public var modes: [MigrationMode]?
  /// The longest pause; `nil`: whatever the downtime limit leads to.
  public var maxDowntime: Duration?
  /// Higher moves earlier.
  public var priority: Int?
  /// The only hosts it may go to.
  public var destinations: [Host.ID]?
  /// A duration known from earlier, taken instead of the forecast's, at any bandwidth.
  public var duration: Duration?
  /// When it is not to be moved.
  public var notBetween: [Blackout]
  /// The policy's pre-copy settings with this rule's changes; `nil`: none.
  public var precopy: PreCopyPolicy?
  /// The policy's cold settings with this rule's changes; `nil`: none.
  public var cold: ColdPolicy?

  /// A rule.
  public init(
    match: RuleMatch, modes: [MigrationMode]? = nil, maxDowntime: Duration? = nil, priority: Int? = nil,
    destinations: [Host.ID]? = nil, duration: Duration? = nil, precopy: PreCopyPolicy? = nil,
    cold: ColdPolicy? = nil, notBetween: [Blackout] = []
  ) {
    self.match = match
    self.modes = modes
    self.maxDowntime = maxDowntime
    self.priority = priority
    self.destinations = destinations
    self.duration = duration
    self.precopy = precopy
    self.cold = cold
    self.notBetween = notBetween
  }
}

/// All rules of a policy, with an index over plain names: a policy may hold one rule per machine.
public struct PolicyRules: Hashable, Sendable {
  /// The rules in the file's order.
  public let rules: [PolicyRule]
  private let firstByPlainName: [String: Int]
  private let others: [Int]

  /// Rules in the order in which they are tried.
  public init(_ rules: [PolicyRule]) {
    self.rules = rules
    var firstByPlainName: [String: Int] = [:]
    var others: [Int] = []
    for (index, rule) in rules.enumerated() {
      if let name = rule.match.name, Glob(name).isPlain, rule.match.host == nil,
        rule.match.labels.pairs.isEmpty
      {
        if firstByPlainName[name] == nil { firstByPlainName[name] = index }
      } else {
        others.append(index)
      }
    }
    self.firstByPlainName = firstByPlainName
    self.others = others
  }

  /// The first rule that matches `vm`.
  public func first(for vm: VirtualMachine) -> PolicyRule? {
    let plain = firstByPlainName[vm.id.name]
    let other = others.first { index in
      (plain.map { index < $0 } ?? true) && rules[index].match.matches(vm)
    }
    return (other ?? plain).map { rules[$0] }
  }
}
