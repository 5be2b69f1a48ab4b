import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Rolling maintenance` {
  /// Three equal hosts of 64 GiB with the given guests, 1 GiB each unless said otherwise.
  static func three(_ guests: [VirtualMachine], pattern: String = "*") -> PlanQuestion {
    let hosts = (1...3).map { Host.small(.init("host-\($0)")) }
    var question = PlanQuestion(.small(hosts: hosts, vms: guests))
    question.request = EvacuationRequest(rolling: HostPattern(pattern))
    question.policy.maintenance = MaintenancePolicy(
      durationPerHost: .seconds(600), maxHostsOut: .unlimited)
    return question
  }

  static let spread = [
    VirtualMachine.small("a", on: "host-1"), .small("b", on: "host-2"), .small("c", on: "host-3"),
  ]

  @Test func `empties every matching host once and takes it back after its time`() {
    let plan = Self.three(Self.spread).verifiedPlan()
    #expect(plan.completeness == .complete)
    #expect(plan.waves.flatMap(\.hosts).sorted() == ["host-1", "host-2", "host-3"])
    for wave in plan.waves {
      #expect(abs((wave.maintenanceEnd - wave.maintenanceStart).seconds - 600) < 1e-6)
    }
    #expect(plan.summary.makespan == plan.waves.map { $0.maintenanceEnd - .start }.max())
  }

  @Test func `moves only the guests of the first host twice`() {
    let plan = Self.three(Self.spread).verifiedPlan()
    #expect(plan.summary.migrations == 4)
    #expect(plan.summary.rolling?.movesLowerBound == 4)
    #expect(plan.summary.rolling?.mostMoves == 2)
  }

  @Test func `begins with a host that is empty`() {
    let plan = Self.three([.small("a", on: "host-1"), .small("b", on: "host-2")]).verifiedPlan()
    #expect(plan.summary.migrations == 2)
    #expect(plan.waves.first?.hosts == ["host-3"])
    #expect(plan.waves.first?.maintenanceStart == .start)
  }

  @Test func `moves everybody once where other hosts help`() {
    let plan = Self.three(Self.spread, pattern: "host-[12]".replacing("[12]", with: "?")).verifiedPlan()
    #expect(plan.waves.flatMap(\.hosts).count == 3)
    let helped = Self.three(Self.spread, pattern: "host-1").verifiedPlan()
    #expect(helped.waves.flatMap(\.hosts) == ["host-1"])
    #expect(helped.summary.migrations == 1)
  }

  @Test func `keeps to the number of hosts that may be out`() {
    var question = Self.three(Self.spread)
    question.policy.maintenance.maxHostsOut = .atMost(1)
    let plan = question.verifiedPlan()
    #expect(plan.completeness == .complete)
    #expect(plan.summary.rolling?.mostHostsOut == 1)
    #expect(plan.summary.migrations == 4)
  }

  @Test func `leaves a host alone whose guest cannot leave, and goes on with the others`() {
    var question = Self.three(Self.spread)
    question.policy.rules = PolicyRules([PolicyRule(match: RuleMatch(name: "b"), modes: [])])
    let plan = question.verifiedPlan()
    #expect(plan.completeness == .partial)
    #expect(plan.unplaced.map(\.vm) == ["b"])
    #expect(plan.waves.flatMap(\.hosts).sorted() == ["host-1", "host-3"])
  }

  @Test func `brings guests home where the policy says so`() {
    var question = Self.three(Self.spread)
    question.policy.maintenance.returnHome = true
    let plan = question.verifiedPlan()
    var hosts = Dictionary(uniqueKeysWithValues: Self.spread.map { ($0.id, $0.host) })
    for step in plan.steps { hosts[step.vm] = step.destination }
    #expect(Self.spread.allSatisfy { hosts[$0.id] == $0.host })
  }

  @Test func `takes hosts by rack, zone and label`() {
    var question = Self.three(Self.spread)
    question.inventory.hosts[1].rack = "b"
    question.inventory.hosts[2].labels = ["kernel": "old"]
    for (pattern, host) in [("rack=b", "host-2"), ("kernel=o*", "host-3")] {
      question.request = EvacuationRequest(rolling: HostPattern(pattern))
      #expect(question.verifiedPlan().waves.flatMap(\.hosts).map(\.name) == [host])
    }
  }
}
