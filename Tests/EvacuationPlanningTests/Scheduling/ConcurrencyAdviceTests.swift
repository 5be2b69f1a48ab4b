import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Advice on concurrency` {
  /// Three idle guests and `db`, which writes `rate` MB/s, leave host-1 over 1000 MB/s; each takes 20 s besides.
  private func advice(limit: Int, writing rate: Double = 0.001) -> String {
    let idle = (1...3).map { VirtualMachine.small(.init("idle-\($0)"), on: "host-1") }
    var db = VirtualMachine.small("db", on: "host-1")
    db.memoryActivity = MemoryActivity(writeRate: .megabytesPerSecond(rate), workingSet: .gigabytes(2))
    var question = PlanQuestion(
      .small(
        platform: .generic,
        hosts: [.small("host-1", bandwidth: .gigabitsPerSecond(8)), .small("host-2"), .small("host-3")],
        vms: idle + [db]))
    question.policy.network.usableShare = .one
    question.policy.network.fixedTime = FixedTime(before: .seconds(10), after: .seconds(10))
    question.policy.cold.allowed = false
    question.policy.concurrency.liveOutboundPerHost = .atMost(limit)
    question.policy.concurrency.batching = .rolling
    return question.verifiedPlan().remarks.joined(separator: "\n")
  }

  @Test func `says what a higher limit than the policy's would bring`() {
    #expect(advice(limit: 1).hasPrefix("the policy permits 1 at once per host; 4 would take "))
    #expect(advice(limit: 1).hasSuffix(" % less"))
  }

  @Test func `says how much faster several at once are than one`() {
    #expect(advice(limit: 4).hasPrefix("4 at once per host is "))
    #expect(advice(limit: 4).hasSuffix(" % faster than one"))
  }

  @Test func `names the guest that would stop converging, and from which number on`() {
    #expect(
      advice(limit: 4, writing: 400).contains(
        "from 3 on, db stops converging on an equal share, so it goes with fewer"))
    #expect(!advice(limit: 4, writing: 20).contains("stops converging"))
  }
}
