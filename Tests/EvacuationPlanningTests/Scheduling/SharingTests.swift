import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Migrations that share a path` {
  /// `count` guests of 8 GiB that write `rate` MB/s leave host-1 over 1000 MB/s, two at once permitted.
  private func question(_ count: Int, writing rate: Double, workingSet: Double = 4) -> PlanQuestion {
    let vms = (1...count).map { number in
      var vm = VirtualMachine.small(.init("vm-\(number)"), on: "host-1", memory: .gibibytes(8))
      vm.memoryActivity = MemoryActivity(
        writeRate: .megabytesPerSecond(rate), workingSet: .gigabytes(workingSet))
      return vm
    }
    var question = PlanQuestion(
      .small(
        platform: .generic,
        hosts: [.small("host-1", bandwidth: .gigabitsPerSecond(8)), .small("host-2"), .small("host-3")],
        vms: vms))
    question.policy.network.usableShare = .one
    question.policy.cold.allowed = false
    question.policy.concurrency.liveOutboundPerHost = .atMost(2)
    return question
  }

  private func overlaps(_ plan: EvacuationPlan) -> Bool {
    zip(plan.steps, plan.steps.dropFirst()).contains { $0.end.seconds > $1.start.seconds + 1e-6 }
  }

  @Test func `get fair parts of it, and say so`() {
    let plan = question(2, writing: 0.001).with {
      $0.policy.network.fixedTime = FixedTime(before: .seconds(10), after: .seconds(10))
    }.verifiedPlan()
    #expect(plan.batches.count == 1)
    #expect(plan.steps.allSatisfy { abs($0.bandwidth.bytesPerSecond - 5e8) < 1 })
    #expect(plan.steps[0].reasons.contains("shares its path: never below 477 MiB/s"))
  }

  @Test func `wait for a slot alone where they would not converge on a part`() {
    let plan = question(3, writing: 600).verifiedPlan()
    #expect(plan.steps.count == 3 && !overlaps(plan))
    #expect(plan.steps.allSatisfy { $0.forecast.outcome == .converges })
    #expect(plan.steps.allSatisfy { abs($0.bandwidth.bytesPerSecond - 1e9) < 1 })
  }

  @Test func `are run one after the other where that is faster, although more is permitted`() {
    // Half of the path is enough to converge, but takes far more than twice as long.
    let plan = question(2, writing: 400).verifiedPlan()
    #expect(plan.steps.count == 2 && !overlaps(plan))
    #expect(plan.remarks.count == 1)
    #expect(
      plan.remarks[0].hasPrefix(
        "one at a time per host is fastest; 2 at once, which the policy permits, would take"))
  }

  @Test func `are run together where that is faster`() {
    let plan = question(2, writing: 0.001).with {
      $0.policy.network.fixedTime = FixedTime(before: .seconds(10), after: .seconds(10))
    }.verifiedPlan()
    #expect(overlaps(plan))
    #expect(plan.remarks[0].hasPrefix("2 at once per host is"))
  }

  @Test func `of prescribed duration keep the share of their cap`() {
    func batches(cap: DataRate) -> Int {
      question(2, writing: 1).with {
        $0.policy.network.bandwidthLimitPerMigration = cap
        $0.policy.rules = PolicyRules([.init(match: .init(), duration: .seconds(30))])
      }.verifiedPlan().batches.count
    }
    #expect(batches(cap: .megabytesPerSecond(500)) == 1)
    #expect(batches(cap: .megabytesPerSecond(501)) == 2)
    #expect(batches(cap: .unlimited) == 1)
  }

  @Test func `go their own way where their paths meet nowhere`() {
    // Both need more than half of a NIC, and each has one of its own.
    let question = question(2, writing: 600).with {
      $0.inventory.hosts.append(.small("host-4", bandwidth: .gigabitsPerSecond(8)))
      $0.inventory.virtualMachines[1].host = "host-4"
      $0.request.drain = ["host-1", "host-4"]
    }
    #expect(overlaps(question.verifiedPlan()))
    // Through one uplink that is no wider than a NIC, they do meet.
    let narrow = question.with {
      $0.inventory.links = [.init(id: "uplink", bandwidth: .gigabitsPerSecond(8))]
      for host in [0, 3] { $0.inventory.hosts[host].links = ["uplink"] }
    }
    #expect(!overlaps(narrow.verifiedPlan()))
  }
}
