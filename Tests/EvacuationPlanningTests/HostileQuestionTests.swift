import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

extension EvacuationPlan {
  /// Every number of it that a reader could stumble over.
  fileprivate var numbers: [Double] {
    let summary = summary
    return steps.flatMap { step in
      [
        step.start.seconds, step.end.seconds, step.bandwidth.bytesPerSecond, step.forecast.downtime.seconds,
        step.forecast.durationP90?.seconds ?? 0, Double(step.forecast.bytesTransferred.bytes),
        step.forecast.bandwidth.bytesPerSecond,
      ]
    } + [
      summary.makespan.seconds, summary.makespanP50.seconds, summary.makespanP90.seconds,
      summary.lowerBound.seconds, summary.totalDowntime.seconds,
    ] + waves.flatMap { [$0.drained.seconds, $0.maintenanceEnd.seconds] }
  }
}

@Suite(.timeLimit(.minutes(1))) struct `A hostile question` {
  private func answer(
    _ question: PlanQuestion, _ location: SourceLocation = #_sourceLocation
  ) -> EvacuationPlan {
    let plan = question.verifiedPlan(location)
    #expect(plan.numbers.allSatisfy { $0.isFinite && $0 >= 0 }, sourceLocation: location)
    return plan
  }

  private func world(_ change: (inout PlanQuestion) -> Void) -> PlanQuestion {
    let world = World.generated(seed: 11, hosts: 4, vmsPerHost: 5)
    return PlanQuestion(world.inventory, drain: ["host-001"]).with(change)
  }

  @Test func `to drain every host leaves everybody where they are`() {
    let question = world { $0.request.drain = $0.inventory.hosts.map(\.id) }
    let plan = answer(question)
    #expect(plan.completeness == .impossible)
    #expect(plan.unplaced.count == question.inventory.virtualMachines.count)
    #expect(plan.unplaced.contains { $0.message.hasSuffix("drain fewer at once") })
  }

  @Test func `to drain an empty host is answered at once`() {
    let question = world { question in
      question.inventory.virtualMachines.removeAll { $0.host == "host-001" }
      question.policy.window = MaintenanceWindow(duration: .seconds(60))
    }
    let plan = answer(question)
    #expect(plan.completeness == .complete && plan.steps.isEmpty && plan.unplaced.isEmpty)
    #expect(plan.summary.makespan == .zero && plan.summary.fitsWindow == true)
    #expect(plan.waves.map(\.hosts) == [["host-001"]])
  }

  @Test func `about a cluster without guests, hosts or anything is answered at once`() {
    #expect(answer(world { $0.inventory.virtualMachines = [] }).completeness == .complete)
    let nothing = PlanQuestion(.small(hosts: []), drain: [])
    #expect(answer(nothing).waves.isEmpty)
    #expect(answer(nothing).completeness == .complete)
  }

  @Test func `to drain one host twice drains it once`() {
    let once = answer(world { _ in })
    let twice = answer(world { $0.request.drain = ["host-001", "host-001"] })
    #expect(twice.steps == once.steps && !once.steps.isEmpty)
  }

  @Test func `about a cluster of one host leaves everybody there`() {
    let question = PlanQuestion(.small(hosts: [.small("host-1")], vms: [.small("vm", on: "host-1")]))
    let plan = answer(question)
    #expect(plan.completeness == .impossible && plan.unplaced[0].refusals.isEmpty)
  }

  @Test func `about a guest larger than every host names both sizes`() {
    let plan = answer(.pair(vm: .small("vm", on: "host-1", memory: ByteCount(bytes: .max))))
    #expect(
      plan.unplaced[0].refusals[0].message == "has 64 GiB in all, the guest needs 8192 PiB")
  }

  @Test func `about guests of impossible sizes does no harm`() {
    let question = world { question in
      for index in question.inventory.virtualMachines.indices {
        question.inventory.virtualMachines[index].memory = ByteCount(bytes: .max)
        question.inventory.virtualMachines[index].vcpus = .max
        for disk in question.inventory.virtualMachines[index].disks.indices {
          question.inventory.virtualMachines[index].disks[disk].size = ByteCount(bytes: .max)
        }
      }
    }
    #expect(answer(question).completeness == .impossible)
  }

  @Test(arguments: [Batching.barrier, .rolling])
  func `with limits of one everywhere moves one guest at a time`(batching: Batching) {
    let plan = answer(
      world {
        $0.request.drain = ["host-001", "host-002"]
        $0.policy.concurrency = ConcurrencyLimits(
          liveOutboundPerHost: .atMost(1), inboundPerHost: .atMost(1), perCluster: .atMost(1),
          coldOutboundPerHost: .atMost(1), batching: batching)
      })
    #expect(plan.steps.count > 3)
    for (one, next) in zip(plan.steps, plan.steps.dropFirst()) {
      #expect(one.end.seconds <= next.start.seconds + 1e-6)
    }
  }

  @Test(arguments: [0, -1, Int.min])
  func `with limits of nothing says that nothing starts`(limit: Int) {
    let plan = answer(
      .pair().with {
        $0.policy.concurrency.liveOutboundPerHost = .atMost(limit)
        $0.policy.concurrency.perCluster = .atMost(limit)
      })
    #expect(plan.steps.isEmpty)
    #expect(
      plan.unplaced.map(\.message)
        == ["vm cannot leave host-1: the policy's limits never let it start; raise them"])
  }

  @Test(arguments: Platform.allCases, [0.0, 1e-300, 1, .infinity, .nan, -1])
  func `about NICs of any speed has an answer`(platform: Platform, rate: Double) {
    for cold in [true, false] {
      let question = world { question in
        question.inventory.platform = platform
        question.policy = Policy(name: "test", platform: platform)
        question.policy.cold.allowed = cold
        for index in question.inventory.hosts.indices {
          question.inventory.hosts[index].migrationBandwidth = DataRate(bytesPerSecond: rate)
        }
      }
      let plan = answer(question)
      #expect(plan.steps.count + plan.unplaced.count == 5)
    }
  }

  @Test(arguments: [0.0, 1, .nan, -1])
  func `about links of any speed has an answer`(rate: Double) {
    let question = world { question in
      question.inventory.links = [
        MigrationLink(id: "rack-01-uplink", bandwidth: DataRate(bytesPerSecond: rate))
      ]
      question.inventory.hosts[0].links = []
    }
    let plan = answer(question)
    #expect(plan.steps.count + plan.unplaced.count == 5)
  }

  @Test func `about disks on a path of a byte per second takes ages, and of none is refused`() {
    func question(_ rate: Double) -> PlanQuestion {
      .pair(
        vm: .small("vm", on: "host-1", state: .stopped, disks: [.local()]),
        to: .small("host-2", bandwidth: DataRate(bytesPerSecond: rate)))
    }
    #expect(answer(question(1)).summary.makespan > .seconds(20_000_000_000))
    #expect(
      answer(question(0)).unplaced[0].message
        == "vm cannot leave host-1: its disks cannot be copied over a path that carries 0 B/s")
  }

  @Test(arguments: [0.0, 1e-9, 1e9, .nan, -1])
  func `with shares and overcommits of any size has an answer`(factor: Double) {
    let question = world {
      $0.policy.network.usableShare = Ratio(factor)
      $0.policy.capacity = CapacityPolicy(
        cpuOvercommit: factor, memoryOvercommit: factor, keepFree: .share(Ratio(factor)))
    }
    let plan = question.plan()
    #expect(plan.numbers.allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(plan.steps.count + plan.unplaced.count == 5)
  }

  @Test func `to keep more hosts free than there are leaves everybody there who needs room`() {
    for count in [100, Int.max, -1, Int.min] {
      let plan = answer(world { $0.policy.capacity.keepFree = .hosts(count) })
      #expect(plan.steps.count + plan.unplaced.count == 5)
      #expect(plan.steps.isEmpty == (count > 0))
    }
  }

  @Test func `of conflicting fixed destinations places whom it can`() {
    let guests = (1...3).map { VirtualMachine.small(.init("vm-\($0)"), on: "host-1") }
    var question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2", memory: .gibibytes(8)), .small("host-3")], vms: guests))
    question.policy.rules = PolicyRules([.init(match: .init(name: "vm-*"), destinations: ["host-2"])])
    let plan = answer(question)
    #expect(plan.steps.count == 2 && plan.completeness == .partial)
    #expect(plan.unplaced[0].refusals.map(\.code) == ["memory", "not_a_permitted_destination"])
    question.policy.rules = PolicyRules([.init(match: .init(name: "vm-*"), destinations: ["host-1"])])
    #expect(answer(question).completeness == .impossible)
  }

  @Test func `of groups that contradict each other places nobody twice`() {
    let both = ["vm", "other"] as [VirtualMachine.ID]
    let question = PlanQuestion.pair(
      guests: [.small("other", on: "host-1")],
      groups: [
        .init(id: "together", relation: .affinity, members: both),
        .init(id: "apart", relation: .antiAffinity, members: both),
      ])
    #expect(answer(question).unplaced.count == 2)
  }

  @Test func `with a group of everybody is answered`() {
    for relation in [PlacementGroup.Relation.affinity, .antiAffinity] {
      for scope in PlacementGroup.Scope.allCases {
        let question = world {
          $0.inventory.groups = [
            .init(
              id: "all", relation: relation, scope: scope, members: $0.inventory.virtualMachines.map(\.id))
          ]
        }
        let plan = answer(question)
        #expect(plan.steps.count + plan.unplaced.count == 5)
      }
    }
  }

  @Test(arguments: [Duration.zero, .seconds(-5), .seconds(1_000_000_000_000_000)])
  func `of strange prescribed durations has an answer`(duration: Duration) {
    let question = PlanQuestion.pair(guests: [.small("other", on: "host-1")]).with {
      $0.policy.rules = PolicyRules([.init(match: .init(), duration: duration)])
    }
    let plan = question.plan()
    #expect(plan.steps.count + plan.unplaced.count == 2)
    #expect(plan.numbers.allSatisfy { $0.isFinite })
  }
}
