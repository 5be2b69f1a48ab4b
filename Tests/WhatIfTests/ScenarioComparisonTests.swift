import EvacuationModel
import Quantities
import Testing
import WhatIf

@Suite struct `Compared scenarios` {
  /// Results with few different values, so that there are ties.
  private func results(_ seed: UInt64) -> [ScenarioResult] {
    var draw = SeededGenerator(seed: seed)
    return (0..<draw.integer(in: 1...40)).map { number in
      let makespan = Duration.seconds(draw.integer(in: 1...9))
      let summary = PlanSummary(
        makespan: makespan, makespanP50: makespan, makespanP90: makespan + .seconds(draw.integer(in: 0...2)),
        lowerBound: .zero, lowerBoundReason: "", fitsWindow: nil, live: 1, block: 0, cold: 0,
        bytesTransferred: ByteCount(bytes: Int64(draw.integer(in: 1...3))), totalDowntime: .seconds(1),
        maxDowntime: .seconds(draw.integer(in: 0...5)))
      return ScenarioResult(
        number: number, scenario: Scenario(name: "\(number)", changes: []), completeness: .complete,
        summary: summary, stays: draw.integer(in: 0...2))
    }
  }

  @Test(arguments: Array(UInt64(1)...60))
  func `are on the front exactly where none is better both ways`(seed: UInt64) {
    let marked = ScenarioComparison.marked(results(seed))
    let fewest = marked.map(\.stays).min()
    let compared = marked.filter { $0.stays == fewest }
    func point(_ result: ScenarioResult) -> (Double, Double) {
      (result.value(of: .makespanP50), result.value(of: .maxDowntime))
    }
    for result in marked {
      let own = point(result)
      let isBeaten = compared.contains { other in
        let its = point(other)
        return its.0 <= own.0 && its.1 <= own.1 && its != own
      }
      #expect(result.isOnParetoFront == (result.stays == fewest && !isBeaten))
    }
  }

  @Test(arguments: Array(UInt64(1)...60))
  func `are the best of a column exactly where they are not all alike and none has less`(seed: UInt64) {
    let marked = ScenarioComparison.marked(results(seed))
    let fewest = marked.map(\.stays).min()
    for measure in ScenarioMeasure.allCases {
      let rivals = marked.filter { measure == .stays || $0.stays == fewest }
      let values = rivals.map { $0.value(of: measure) }
      for result in marked {
        let isRival = rivals.contains { $0.number == result.number }
        let isLeast = isRival && result.value(of: measure) == values.min() && values.min() != values.max()
        #expect(result.best.contains(measure) == isLeast)
      }
    }
  }

  @Test func `may be none`() {
    #expect(ScenarioComparison.marked([]).isEmpty)
  }
}
