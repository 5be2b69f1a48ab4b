import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The way a guest moves` {
  /// Writes 400 MB/s to 900 MB: a path of 125 MB/s never catches up.
  static let writer = MemoryActivity(writeRate: .megabytesPerSecond(400), workingSet: .gigabytes(0.9))

  /// A guest of 16 GiB over 1 Gbit/s, Nova's defaults, a restart not permitted unless a test says so.
  private func question(
    _ activity: MemoryActivity = writer, disks: [VirtualDisk] = [.shared()], state: PowerState = .running,
    change: (inout PlanQuestion) -> Void = { _ in }
  ) -> PlanQuestion {
    var vm = VirtualMachine.small(
      "vm", on: "host-1", state: state, memory: .gibibytes(16), disks: disks)
    vm.memoryActivity = activity
    var question = PlanQuestion.pair(
      vm: vm, from: .small("host-1", bandwidth: .gigabitsPerSecond(1)),
      to: .small("host-2", bandwidth: .gigabitsPerSecond(1)))
    question.policy.network.usableShare = .one
    question.policy.cold.allowed = false
    change(&question)
    return question
  }

  private func step(_ question: PlanQuestion) throws -> PlannedMigration {
    try #require(question.verifiedPlan().step(of: "vm"))
  }

  @Test func `is live where no disk travels and it converges by itself`() throws {
    let step = try step(question(MemoryActivity(intensity: .idle)))
    #expect(step.mode == .live && step.forecast.outcome == .converges)
    #expect(step.reasons.count == 1 && step.reasons[0].contains("converges in"))
  }

  @Test func `is block where local disks travel along`() throws {
    let step = try step(question(MemoryActivity(intensity: .idle), disks: [.shared(), .local()]))
    #expect(step.mode == .block && step.guest.copiedDisks == ["vdb"])
    #expect(step.reasons[0].hasPrefix("local disks travel first"))
  }

  @Test func `is not found for one that never converges while nothing else is permitted`() {
    let answer = question().answer()
    #expect(answer.hasPrefix("too_slow: its path carries 119 MiB/s, the guest needs "))
    let message = question().plan().unplaced[0].message
    #expect(message.contains("does not converge, is aborted after 3 h 33 min"))
    #expect(message.contains("a pause of") && message.contains("or post-copy"))
  }

  @Test func `is a restart where that is permitted`() throws {
    let step = try step(question { $0.policy.cold.allowed = true })
    #expect(step.mode == .cold && step.forecast.outcome == .notApplicable)
    #expect(step.reasons.contains("a restart is permitted"))
    #expect(step.reasons.last?.hasPrefix("down for") == true)
  }

  @Test func `is post-copy before a restart`() throws {
    let step = try step(
      question {
        $0.policy.cold.allowed = true
        $0.policy.precopy.postCopy = PostCopyPolicy()
      })
    #expect(step.mode == .live && step.usesPostCopy && step.forecast.outcome == .needsPostCopy)
  }

  @Test func `is post-copy long before the platform's timeout forces it`() throws {
    let step = try step(
      question {
        $0.policy.precopy.postCopy = PostCopyPolicy()
        $0.policy.precopy.timeoutAction = .forceComplete
      })
    let duration = try #require(step.forecast.duration)
    #expect(step.usesPostCopy && duration < .seconds(300))
  }

  @Test func `is not post-copy where it converges by itself`() throws {
    let step = try step(
      question(MemoryActivity(intensity: .idle)) { $0.policy.precopy.postCopy = PostCopyPolicy() })
    #expect(!step.usesPostCopy && step.forecast.outcome == .converges)
  }

  @Test func `is live and throttled where auto-converge is on`() throws {
    let step = try step(
      question {
        $0.policy.precopy.autoConverge = AutoConverge()
        $0.policy.cold.allowed = true
      })
    guard case .convergesThrottled = step.forecast.outcome else {
      Issue.record("ends otherwise: \(step.forecast.outcome)")
      return
    }
    #expect(step.mode == .live && step.usesAutoConverge)
  }

  @Test func `is a forced pause at the timeout only where a restart is not permitted`() throws {
    let forced = question {
      $0.policy.precopy.completionTimeout = .fixed(.seconds(400))
      $0.policy.precopy.timeoutAction = .forceComplete
    }
    let step = try step(forced)
    #expect(step.mode == .live && step.forecast.outcome == .timesOut && step.forecast.completes)
    #expect(try self.step(forced.with { $0.policy.cold.allowed = true }).mode == .cold)
  }

  @Test func `respects the longest pause of a rule`() throws {
    func question(_ pause: Duration) -> PlanQuestion {
      self.question(MemoryActivity(intensity: .medium)) {
        $0.policy.precopy.downtimeLimit = .fixed(.seconds(2))
        $0.policy.rules = PolicyRules([.init(match: .init(name: "vm"), maxDowntime: pause)])
      }
    }
    let pause = try step(question(.seconds(3))).forecast.downtime
    #expect(pause > .milliseconds(100))
    let refused = question(pause - .milliseconds(1)).plan().unplaced
    #expect(refused.first?.message.contains("would pause \(pause.text)") == true)
  }

  @Test func `is none for a guest that the policy never moves`() {
    let question = question(MemoryActivity(intensity: .idle)) {
      $0.policy.rules = PolicyRules([.init(match: .init(), modes: [])])
    }
    #expect(question.answer() == "mode: the policy says that it is never moved (modes: [])")
  }

  @Test func `is none where the only fitting one is not among those of the rule`() {
    let question = question(MemoryActivity(intensity: .idle)) {
      $0.policy.rules = PolicyRules([.init(match: .init(), modes: [.block])])
    }
    #expect(question.answer() == "mode: live is not among the permitted modes (block)")
  }

  @Test func `is a restart for a quiet guest only if a rule says so`() throws {
    func modes(_ modes: [MigrationMode]) throws -> MigrationMode {
      try step(
        question(MemoryActivity(intensity: .idle)) {
          $0.policy.rules = PolicyRules([.init(match: .init(), modes: modes)])
        }
      ).mode
    }
    #expect(try modes([.live, .cold]) == .live)
    #expect(try modes([.cold]) == .cold)
    #expect(try modes([.block, .cold]) == .cold)
  }

  @Test func `is cold for a stopped guest, which nobody misses`() throws {
    let step = try step(question(state: .stopped))
    #expect(step.mode == .cold && step.forecast.downtime == .zero)
    #expect(step.reasons == ["is stopped: nothing to keep running"])
  }

  @Test func `is live for a paused guest, which writes nothing`() throws {
    let step = try step(question(state: .paused))
    #expect(step.mode == .live && step.forecast.outcome == .converges)
  }
}

@Suite struct `A guest that holds a device` {
  private func question(_ state: PowerState = .running, modes: [MigrationMode]?) -> PlanQuestion {
    PlanQuestion.pair(
      vm: .small(
        "vm", on: "host-1", state: state, devices: [.init(kind: "pci-passthrough", name: "gpu0")])
    ).with { $0.policy.rules = PolicyRules([.init(match: .init(name: "vm"), modes: modes)]) }
  }

  @Test func `stays, although cold is permitted in general`() {
    #expect(
      question(modes: nil).answer()
        == "mode: holds pci-passthrough gpu0, which ties it to its host: detach it, or let a rule say modes: "
        + "[cold] if the destination has the same")
    #expect(question(modes: [.live, .cold]).answer().hasPrefix("mode: holds"))
  }

  @Test func `is restarted if a rule says cold and nothing else`() {
    let step = question(modes: [.cold]).verifiedPlan().step(of: "vm")
    #expect(step?.mode == .cold)
    #expect(step?.reasons.first == "holds pci-passthrough gpu0; a rule permits cold")
  }

  @Test func `moves while it is stopped`() {
    #expect(question(.stopped, modes: nil).answer() == "goes")
  }
}

@Suite struct `A prescribed duration` {
  private func question(_ bandwidth: DataRate, change: (inout PlanQuestion) -> Void = { _ in })
    -> PlanQuestion
  {
    var vm = VirtualMachine.small("vm", on: "host-1", memory: .gibibytes(32))
    vm.memoryActivity = `The way a guest moves`.writer
    var question = PlanQuestion.pair(
      vm: vm, from: .small("host-1", bandwidth: bandwidth), to: .small("host-2", bandwidth: bandwidth))
    question.policy.rules = PolicyRules([.init(match: .init(name: "vm"), duration: .seconds(41))])
    change(&question)
    return question
  }

  @Test(arguments: [0.001, 1, 100])
  func `is taken at any bandwidth`(gigabits: Double) throws {
    let plan = question(.gigabitsPerSecond(gigabits)).verifiedPlan()
    let step = try #require(plan.step(of: "vm"))
    #expect(step.mode == .live && step.end.seconds == 41)
    #expect(plan.summary.makespan == .seconds(41) && plan.summary.makespanP90 == .seconds(41))
    #expect(step.reasons == ["takes 41 s, known from earlier (policy rule)"])
  }

  @Test func `is taken for a restart as well`() throws {
    let question = question(.gigabitsPerSecond(1)) {
      $0.policy.rules = PolicyRules([.init(match: .init(name: "vm"), modes: [.cold], duration: .seconds(41))])
    }
    let step = try #require(question.verifiedPlan().step(of: "vm"))
    #expect(step.mode == .cold && step.end.seconds == 41)
  }
}
