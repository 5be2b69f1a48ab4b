import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The lower bound` {
  private func bound(_ question: PlanQuestion) -> String {
    let summary = question.verifiedPlan().summary
    return "\(summary.lowerBound.text): \(summary.lowerBoundReason)"
  }

  private let guests = [[(name: "a", seconds: 3.0), ("b", 10), ("c", 5), ("d", 8)]]

  @Test func `is the work of a source divided by its slots`() {
    #expect(
      bound(.timed(guests) { $0.liveOutboundPerHost = .atMost(2) })
        == "13 s: host-1: its live and block migrations, 2 at a time")
    #expect(
      bound(.timed(guests, cold: ["a", "b", "c", "d"]) { $0.coldOutboundPerHost = .atMost(1) })
        == "26 s: host-1: its cold migrations, 1 at a time")
  }

  @Test func `is the longest migration`() {
    #expect(bound(.timed(guests) { $0.liveOutboundPerHost = .unlimited }) == "10 s: the longest migration, b")
  }

  @Test func `is all work divided by the slots of the cluster, one of which has to take two`() {
    #expect(
      bound(.timed([[("a", 6)], [("b", 6)], [("c", 6)]]) { $0.perCluster = .atMost(2) })
        == "12 s: all migrations, 2 at a time in the cluster")
  }

  @Test func `is what a source has to send over its NIC`() {
    let vms = (1...4).map { VirtualMachine.small(.init("vm-\($0)"), on: "host-1", writes: .idle) }
    var question = PlanQuestion(
      .small(
        platform: .generic,
        hosts: [.small("host-1", bandwidth: .gigabitsPerSecond(1)), .small("host-2"), .small("host-3")],
        vms: vms))
    question.policy.network.usableShare = .one
    question.policy.concurrency.liveOutboundPerHost = .unlimited
    // 16 GiB at 125 MB/s.
    #expect(bound(question) == "2 min 17 s: host-1: 16 GiB over its NIC")
  }

  @Test func `is nothing where nothing moves`() {
    #expect(bound(.timed([[]]) { _ in }) == "0 s: nothing to move")
  }
}

@Suite struct `The makespan's quantiles` {
  private func summary(seed: UInt64, world: UInt64 = 3) -> PlanSummary {
    PlanQuestion.generated(world).with { $0.request.seed = seed }.plan().summary
  }

  @Test func `are the same for the same seed, and others for another`() {
    #expect(summary(seed: 1) == summary(seed: 1))
    #expect(summary(seed: 1).makespanP50 != summary(seed: 2).makespanP50)
  }

  @Test func `lie around the makespan`() {
    let summary = summary(seed: 1)
    #expect(summary.makespanP50 < summary.makespanP90)
    #expect(summary.makespanP50 > summary.makespan * 0.8 && summary.makespanP50 < summary.makespan * 1.3)
  }

  @Test func `add up along a chain, and are the latest of what runs side by side`() {
    func p50(_ limit: Limit) -> Double {
      PlanQuestion.timed([[("a", 10), ("b", 20), ("c", 30)]]) { $0.liveOutboundPerHost = limit }.plan()
        .summary
        .makespanP50.seconds
    }
    #expect(p50(.atMost(1)) == 60)
    #expect(p50(.unlimited) == 30)
  }
}

@Suite struct `A window` {
  private func fits(
    policy: MaintenanceWindow = .init(), request: MaintenanceWindow = .init()
  ) -> Bool? {
    var vm = VirtualMachine.small("vm", on: "host-1", memory: .gibibytes(16))
    vm.memoryActivity = MemoryActivity(intensity: .medium)
    return PlanQuestion.pair(vm: vm).with {
      $0.policy.window = policy
      $0.request.window = request
    }.verifiedPlan().summary.fitsWindow
  }

  private let plan = PlanQuestion.pair(
    vm: {
      var vm = VirtualMachine.small("vm", on: "host-1", memory: .gibibytes(16))
      vm.memoryActivity = MemoryActivity(intensity: .medium)
      return vm
    }()
  ).plan()

  @Test func `is fitted or not at its confidence, and not judged where there is none`() {
    let between = (plan.summary.makespanP50 + plan.summary.makespanP90) / 2
    #expect(fits() == nil)
    #expect(fits(policy: .init(duration: between, confidence: .percent(50))) == true)
    #expect(fits(policy: .init(duration: between, confidence: .percent(90))) == false)
    #expect(fits(policy: .init(duration: plan.summary.makespanP90, confidence: .percent(90))) == true)
  }

  @Test func `of the request goes before the policy's, with its own confidence`() {
    let between = (plan.summary.makespanP50 + plan.summary.makespanP90) / 2
    let policy = MaintenanceWindow(duration: .seconds(1), confidence: .percent(90))
    #expect(fits(policy: policy, request: .init(duration: between, confidence: .percent(50))) == true)
    #expect(fits(policy: policy, request: .init(duration: between, confidence: .percent(90))) == false)
    // Without a duration of its own the request says nothing.
    #expect(
      fits(
        policy: .init(duration: between, confidence: .percent(50)), request: .init(confidence: .percent(90)))
        == true)
  }
}
