import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `The summary` {
  @Test func `agrees with the steps`() {
    let changes: [(inout PlanSummary) -> Void] = [
      { $0.live += 1 }, { $0.block = 0 }, { $0.cold = .max }, { $0.makespan += .seconds(1) },
      { $0.lowerBound = .seconds(10_000) }, { $0.makespanP50 = .seconds(10_000) },
      { $0.bytesTransferred += ByteCount(bytes: 1) }, { $0.totalDowntime += .milliseconds(20) },
      { $0.maxDowntime = .seconds(1) }, { $0.fitsWindow = true },
    ]
    for (index, change) in changes.enumerated() {
      #expect(PlanBuilder.small.verdict { change(&$0.summary) } == ["V503 summary"], "change \(index)")
    }
  }

  @Test func `does not follow when a step is changed afterwards`() {
    #expect(PlanBuilder.small.verdict { $0.steps[1].forecast.downtime = .seconds(1) } == ["V503 summary"])
  }
}

@Suite struct `The window` {
  /// The plan takes 262.5 s, 315 s in one of ten cases.
  private func within(_ seconds: Int, confidence: Double = 90) -> PlanBuilder {
    .small {
      $0.policy.window = .init(duration: .seconds(seconds), confidence: .percent(confidence))
    }
  }

  @Test func `is compared with the P90 makespan at high confidence`() {
    #expect(within(320).verdict() == [])
    #expect(within(300).verdict() == ["V504 "])
  }

  @Test func `is compared with the P50 makespan at a confidence of one half`() {
    #expect(within(300, confidence: 50).verdict() == [])
    #expect(within(250, confidence: 50).verdict() == ["V504 "])
  }

  @Test func `must be judged in the summary`() {
    #expect(within(300).verdict { $0.summary.fitsWindow = true } == ["V503 summary", "V504 "])
    #expect(within(320).verdict { $0.summary.fitsWindow = nil } == ["V503 summary"])
  }

  @Test func `of the request goes before the policy's`() {
    var builder = within(320)
    builder.request.window = .init(duration: .seconds(100), confidence: .percent(50))
    #expect(builder.verdict() == ["V504 "])
  }
}

@Suite struct `A wave` {
  private func verdict(_ change: (inout Wave) -> Void) -> [String] {
    PlanBuilder.small.verdict { change(&$0.waves[0]) }
  }

  @Test func `is drained when the last guest has left`() {
    #expect(verdict { $0.drained = $0.drained + .seconds(-1) } == ["V503 wave 1"])
    #expect(verdict { $0.drained = $0.drained + .microseconds(-100) } == [])
  }

  @Test func `is maintained after it is drained`() {
    #expect(verdict { $0.maintenanceStart = .start } == ["V503 wave 1"])
    #expect(verdict { $0.maintenanceEnd = .start } == ["V503 wave 1"])
    #expect(verdict { $0.maintenanceEnd = PlanTime(seconds: .nan) } == ["V503 wave 1"])
  }
}
