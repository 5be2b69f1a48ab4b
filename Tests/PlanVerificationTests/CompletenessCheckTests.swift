import EvacTestSupport
import EvacuationModel
import Quantities
import Testing

@Suite struct `Every guest of a drained host` {
  @Test func `moves or is listed`() {
    let builder = PlanBuilder.small { $0.steps.removeLast() }
    #expect(builder.verdict() == ["V501 gpu-1"])
    var listed = builder
    listed.leave("gpu-1", on: "host-1")
    #expect(listed.verdict() == [])
  }

  @Test func `does not do both`() {
    #expect(PlanBuilder.small { $0.leave("gpu-1", on: "host-1") }.verdict() == ["V501 gpu-1"])
  }

  @Test func `is listed once, and nobody else is`() {
    let twice = PlanBuilder.small {
      $0.steps.removeLast()
      $0.leave("gpu-1", on: "host-1")
      $0.leave("gpu-1", on: "host-1")
    }
    #expect(twice.verdict() == ["V503 gpu-1"])
    let other = PlanBuilder.small { $0.leave("web-2", on: "host-2") }
    #expect(other.verdict() == ["V503 web-2"])
  }

  @Test func `moves once, and nobody else moves without need, whether the policy permits it or not`() {
    let builder = PlanBuilder.small {
      $0.move("web-2", to: "host-3", at: 1000, batch: 4)
      $0.move("web-1", to: "host-3", at: 2000, batch: 5)
      $0.change("m006") { $0.source = "host-2" }
    }
    #expect(builder.verdict() == ["V502 m005", "V502 m006"])
    var permitted = builder
    permitted.policy.moveOthers = true
    // Nobody waits for the room that they leave.
    #expect(permitted.verdict() == ["V502 m005", "V502 m006"])
  }

  @Test func `makes the plan complete, partial or impossible`() {
    #expect(PlanBuilder.small.verdict { $0.completeness = .partial } == ["V503 completeness"])
    let none = PlanBuilder.empty([.small("web-1", on: "host-1")]) { $0.leave("web-1", on: "host-1") }
    #expect(none.verdict() == [])
    #expect(none.verdict { $0.completeness = .partial } == ["V503 completeness"])
    let some = PlanBuilder.small {
      $0.steps.removeLast()
      $0.leave("gpu-1", on: "host-1")
    }
    #expect(some.verdict { $0.completeness = .complete } == ["V503 completeness"])
  }
}
