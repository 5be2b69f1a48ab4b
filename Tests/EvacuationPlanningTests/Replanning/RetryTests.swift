import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import Quantities
import Testing

@Suite struct `What failed` {
  /// Two guests on the host that is drained, two hosts that take them.
  private func night(_ change: (inout PlanQuestion) -> Void = { _ in }) -> Night {
    let question = PlanQuestion(
      .small(
        hosts: [.small("host-1"), .small("host-2"), .small("host-3")],
        vms: [.small("one", on: "host-1"), .small("two", on: "host-1")]))
    return Night(question.with(change))
  }

  private func retry(
    _ kind: FailureKind, times: Int = 1, _ change: (inout PlanQuestion) -> Void = { _ in }
  ) throws -> (before: PlannedMigration, after: PlannedMigration) {
    var night = night(change)
    for _ in 0..<times { try night.record(guest: "one", .failed(reason: "so it was", kind: kind)) }
    return (
      try #require(night.plan.step(of: "one")), try #require(night.replanned().plan.step(of: "one"))
    )
  }

  @Test func `for time switches to post-copy where the policy permits it`() throws {
    let after = try retry(.timeout) { $0.policy.precopy.postCopy = PostCopyPolicy() }.after
    #expect(after.usesPostCopy)
    #expect(after.mode == .live)
    #expect(after.reasons.first == "m001 failed (so it was): switches to post-copy this time")
  }

  @Test func `for time is shut down where post-copy is not permitted and a restart is`() throws {
    let after = try retry(.timeout) { $0.policy.cold.allowed = true }.after
    #expect(after.mode == .cold)
  }

  @Test func `for time has its path for itself where nothing else is permitted`() throws {
    let change = { (question: inout PlanQuestion) in
      question.policy.cold.allowed = false
      question.policy.concurrency.liveOutboundPerHost = .atMost(2)
      question.policy.network.streamRate = .gigabitsPerSecond(100)
    }
    let step = try retry(.timeout, change)
    #expect(step.after.mode == .live)
    #expect(step.after.reasons.first?.hasSuffix("without company on its path this time") == true)
    var night = night(change)
    try night.record(guest: "one", .failed(reason: "", kind: .timeout))
    let batches = night.replanned().plan.batches
    #expect(batches == [["two"], ["one"]])
  }

  @Test(arguments: [FailureKind.noRoom, .hostDown])
  func `for want of room or of an answer goes to another host`(
    _ kind: FailureKind
  ) throws {
    let step = try retry(kind)
    #expect(step.after.destination != step.before.destination)
    #expect(step.after.reasons.first?.contains("another host this time") == true)
  }

  @Test func `for another reason is tried once more, and then elsewhere`() throws {
    let once = try retry(.other)
    #expect(once.after.destination == once.before.destination)
    #expect(once.after.reasons.first == "m001 failed (so it was): once more as before")
    let twice = try retry(.other, times: 2)
    #expect(twice.after.destination != twice.before.destination)
  }

  @Test func `says so of a guest for which no host is left`() throws {
    var night = Night(.pair())
    try night.record(guest: "vm", .failed(reason: "full", kind: .noRoom))
    let plan = night.replanned().plan
    #expect(plan.completeness == .impossible)
    #expect(plan.refusal(of: "vm", on: "host-2")?.hasPrefix("failed_before: m001 failed (full)") == true)
  }
}
