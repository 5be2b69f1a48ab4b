import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `A mode` {
  private func rule(_ rule: PolicyRule, change: (inout PlanBuilder) -> Void = { _ in }) -> [String] {
    PlanBuilder.small {
      $0.policy.rules = PolicyRules([rule])
      change(&$0)
    }.verdict()
  }

  @Test func `must be permitted by the policy`() {
    #expect(rule(.init(match: .init(name: "web-1"), modes: [.live])) == [])
    #expect(rule(.init(match: .init(name: "web-1"), modes: [.block, .cold])) == ["V405 m001"])
    #expect(PlanBuilder.small { $0.policy.cold.allowed = false }.verdict() == ["V405 m004"])
  }

  @Test func `is not to be found for a guest that is never moved`() {
    #expect(rule(.init(match: .init(name: "old-1"), modes: [])) == ["V405 m002"])
  }

  @Test func `is cold for a stopped guest, whatever running ones may do`() {
    #expect(rule(.init(match: .init(name: "old-1"), modes: [.live])) == [])
    let live = PlanBuilder.small {
      $0.policy.concurrency.liveOutboundPerHost = .unlimited
      $0.change("m002") {
        $0.mode = .live
        $0.forecast.mode = .live
      }
    }
    #expect(live.verdict() == ["V405 m002"])
  }

  @Test func `must lead to an end`() {
    let builder = PlanBuilder.small { $0.change("m001") { $0.forecast.completes = false } }
    #expect(builder.verdict() == ["V405 m001"])
  }

  @Test func `switches to post-copy only where that is permitted`() {
    let builder = PlanBuilder.small { $0.change("m001") { $0.usesPostCopy = true } }
    #expect(builder.verdict() == ["V405 m001"])
    var permitted = builder
    permitted.policy.precopy.postCopy = PostCopyPolicy()
    #expect(permitted.verdict() == [])
  }

  @Test func `pauses a running guest no longer than permitted`() {
    func longest(_ milliseconds: Int) -> [String] {
      rule(.init(match: .init(), maxDowntime: .milliseconds(milliseconds)))
    }
    // web-1 pauses for 300 ms, db-1 for 400 ms; moving cold is not a pause in this sense.
    #expect(longest(400) == [])
    #expect(longest(350) == ["V405 m003"])
  }

  @Test func `takes as long as the policy prescribes, at any bandwidth`() {
    let prescribed = PolicyRule(match: .init(name: "gpu-1"), duration: .seconds(20))
    #expect(rule(prescribed) == ["V503 m004"])
    let short = rule(prescribed) {
      $0.change("m004") {
        $0.end = $0.start + .seconds(20)
        $0.forecast.duration = .seconds(20)
        $0.forecast.downtime = .seconds(20)
        $0.forecast.bytesTransferred = .gibibytes(1000)
      }
    }
    #expect(short == [])
  }
}
