import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Batches` {
  private func chain(_ batching: Batching, starts: [Double], batches: [Int], waves: [Int] = [1, 1, 1])
    -> [String]
  {
    var builder = PlanBuilder.empty((0..<3).map { .small(.init("vm-\($0)"), on: "host-1") })
    builder.policy.concurrency.batching = batching
    builder.policy.concurrency.liveOutboundPerHost = .unlimited
    for index in 0..<3 {
      builder.move(
        .init("vm-\(index)"), to: "host-2", at: starts[index], batch: batches[index],
        bandwidth: .megabytesPerSecond(300))
      builder.steps[index].wave = waves[index]
    }
    return builder.verdict()
  }

  @Test func `with a barrier start when the one before has ended`() {
    #expect(chain(.barrier, starts: [0, 0, 30], batches: [1, 1, 2]) == [])
    #expect(chain(.barrier, starts: [0, 0, 20], batches: [1, 1, 2]) == ["V303 m003"])
  }

  @Test func `with a barrier start together`() {
    #expect(chain(.barrier, starts: [0, 1, 40], batches: [1, 1, 2]) == ["V303 m002"])
  }

  @Test func `with a barrier wait for all earlier ones`() {
    var builder = PlanBuilder.small
    builder.change("m002") { $0.batch = 5 }
    #expect(builder.verdict() == ["V303 m002"])
  }

  @Test func `that roll may overlap, in the order of their numbers`() {
    #expect(chain(.rolling, starts: [0, 1, 2], batches: [1, 2, 3]) == [])
    #expect(chain(.rolling, starts: [0, 1, 2], batches: [1, 3, 2]) == ["V303 m003"])
    #expect(chain(.rolling, starts: [0, 1, 1], batches: [1, 3, 2]) == [])
  }

  @Test func `count anew in each wave`() {
    #expect(chain(.barrier, starts: [0, 30, 60], batches: [1, 2, 1], waves: [1, 1, 2]) == [])
    #expect(chain(.rolling, starts: [0, 30, 60], batches: [1, 2, 1], waves: [1, 1, 2]) == [])
  }
}

@Suite struct `Order` {
  @Test func `puts a step after what it depends on`() {
    let builder = PlanBuilder.small { $0.change("m002") { $0.dependsOn = ["m001"] } }
    #expect(builder.verdict() == ["V304 m002"])
  }

  @Test func `has no cycles`() {
    let selfish = PlanBuilder.small { $0.change("m001") { $0.dependsOn = ["m001"] } }
    #expect(selfish.verdict() == ["V304 m001", "V304 m001"])
    let ring = PlanBuilder.small {
      $0.change("m002") { $0.dependsOn = ["m004"] }
    }
    let findings = ring.findings(in: ring.plan())
    #expect(findings.contains { $0.message.contains("m002 needs m004 needs m003 needs m002") })
  }

  @Test func `has a cycle even behind steps that have none`() {
    let needs = [[], ["s0"], ["s1"], ["s2"], ["s5", "s3"], ["s4"]]
    let builder = PlanBuilder.small {
      let step = $0.steps[0]
      $0.steps = needs.indices.map { index in
        var step = step
        step.id = .init("s\(index)")
        step.dependsOn = needs[index].map { .init($0) }
        return step
      }
    }
    let messages = builder.findings(in: builder.plan()).map(\.message)
    #expect(messages.contains("depends on itself: s4 needs s5 needs s4"))
  }

  @Test func `is the order in which steps are listed`() {
    var builder = PlanBuilder.small
    builder.steps.swapAt(2, 3)
    #expect(builder.verdict() == ["V304 m003"])
  }

  @Test func `of a guest's own moves is that of their starts, however they are listed`() {
    let builder = PlanBuilder.small {
      $0.policy.moveOthers = true
      $0.move("web-1", to: "host-3", at: 1000, batch: 4)
      $0.change("m005") { $0.source = "host-2" }
      $0.steps.swapAt(0, 4)
      $0.change("m003") { $0.dependsOn = [] }
    }
    // Only the listing is wrong: web-1 still goes from host-1 to host-2 to host-3.
    #expect(builder.verdict() == ["V304 m001", "V304 m002", "V304 m003", "V304 m004", "V502 m005"])
  }

  @Test func `lets a guest move once at a time`() {
    let builder = PlanBuilder.small {
      $0.policy.moveOthers = true
      $0.policy.concurrency = ConcurrencyLimits(liveOutboundPerHost: .unlimited, batching: .rolling)
      $0.move("gpu-1", to: "host-3", .cold, at: $0.steps[3].end.seconds - 1, batch: 3)
      $0.change("m005") { $0.source = "host-2" }
    }
    #expect(builder.verdict() == ["V304 m005", "V502 m005"])
  }
}
