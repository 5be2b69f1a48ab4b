import MigrationSimulation
import Quantities
import Testing

@Suite struct `Shares of a link` {
  private func shares(_ capacities: [Double], _ flows: [(segments: [Int], cap: Double)]) -> [Double] {
    LinkSharing(capacities: capacities).shares(flows.map { .init(segments: $0.segments, cap: $0.cap) })
  }

  @Test func `are equal between like transfers`() {
    #expect(shares([100], [([0], .infinity), ([0], .infinity)]) == [50, 50])
  }

  @Test func `leave to others what a capped transfer cannot use`() {
    #expect(shares([100], [([0], 20), ([0], .infinity)]) == [20, 80])
  }

  @Test func `are max-min fair over several segments`() {
    // The classic line: one long transfer over two segments, a short one on each.
    #expect(shares([10, 30], [([0, 1], .infinity), ([0], .infinity), ([1], .infinity)]) == [5, 5, 25])
  }

  @Test func `are nothing on a segment without capacity, and unbounded without segments`() {
    #expect(shares([0], [([0], .infinity)]) == [0])
    #expect(shares([], [([], 7)]) == [7])
  }

  @Test(arguments: 1...50)
  func `never exceed a segment, and no transfer could have more without another having less`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let capacities = (0..<6).map { _ in random.number(in: 1...100) }
    let flows = (0..<12).map { _ -> LinkSharing.Flow in
      let segments = (0..<6).filter { _ in random.chance(0.4) }
      return .init(segments: segments, cap: random.chance(0.3) ? random.number(in: 1...20) : 1000)
    }
    let shares = LinkSharing(capacities: capacities).shares(flows)
    let loads = capacities.indices.map { segment in
      zip(flows, shares).filter { $0.0.segments.contains(segment) }.reduce(0) { $0 + $1.1 }
    }
    for (load, capacity) in zip(loads, capacities) { #expect(load <= capacity * (1 + 1e-9)) }
    for (flow, share) in zip(flows, shares) {
      let isCapped = share >= flow.cap * (1 - 1e-9)
      // The bottleneck: a full segment on which nobody has more.
      let hasBottleneck = flow.segments.contains { segment in
        loads[segment] >= capacities[segment] * (1 - 1e-9)
          && zip(flows, shares).allSatisfy { !$0.0.segments.contains(segment) || $0.1 <= share * (1 + 1e-9) }
      }
      #expect(isCapped || hasBottleneck)
    }
  }
}
