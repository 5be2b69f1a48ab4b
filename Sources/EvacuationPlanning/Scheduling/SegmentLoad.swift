import MigrationSimulation

/// Which flows cross which segment of the network, and where they could use more together than it carries.
///
/// A segment on which there is room for all separates flows: what happens to one changes nothing for another
/// that meets it only there. So whoever comes, goes or wants more or less only concerns those that are joined to
/// it by contested segments.
struct SegmentLoad: Sendable {
  private let capacities: [Double]
  /// The flows on each segment, by number.
  private var members: [[Int]]
  /// The segments of each flow.
  private var paths: [[Int]] = []
  /// The most that the flows of each segment can use, in bytes per second.
  private var wanted: [Double]
  /// Marks of the last search for neighbours, so that none has to be cleared.
  private var seenSegments: [Int]
  private var seenFlows: [Int] = []
  private var search = 0

  init(capacities: [Double]) {
    self.capacities = capacities
    members = [[Int]](repeating: [], count: capacities.count)
    wanted = [Double](repeating: 0, count: capacities.count)
    seenSegments = wanted.map { _ in 0 }
  }

  /// Lets `flow` use up to `most` on `segments`; `most` must be finite.
  mutating func add(_ flow: Int, on segments: [Int], most: Double) {
    while flow >= paths.count {
      paths.append([])
      seenFlows.append(0)
    }
    paths[flow] = segments
    for segment in segments {
      members[segment].append(flow)
      wanted[segment] += most
    }
  }

  mutating func remove(_ flow: Int, most: Double) {
    for segment in paths[flow] {
      if let place = members[segment].lastIndex(of: flow) { members[segment].remove(at: place) }
      // What is empty is exactly empty, whatever the sums' rounding.
      wanted[segment] = members[segment].isEmpty ? 0 : wanted[segment] - most
    }
  }

  func count(on segment: Int) -> Int { members[segment].count }

  func capacity(of segment: Int) -> Double { capacities[segment] }

  /// Whether its flows could use more than `segment` carries, and there are two of them at least.
  func isContested(_ segment: Int) -> Bool {
    wanted[segment] > capacities[segment] * (1 + 1e-9) && members[segment].count > 1
  }

  /// `flows`, and everybody whose share can depend on theirs or on what is left on `segments`: those joined to
  /// them by contested segments.
  mutating func neighbours(of flows: [Int], on segments: [Int] = []) -> [Int] {
    search += 1
    var found: [Int] = []
    for flow in flows where seenFlows[flow] != search {
      seenFlows[flow] = search
      found.append(flow)
    }
    for segment in segments { collect(segment, into: &found) }
    var next = 0
    while next < found.count {
      for segment in paths[found[next]] where isContested(segment) { collect(segment, into: &found) }
      next += 1
    }
    return found
  }

  private mutating func collect(_ segment: Int, into found: inout [Int]) {
    guard seenSegments[segment] != search else { return }
    seenSegments[segment] = search
    for flow in members[segment] where seenFlows[flow] != search {
      seenFlows[flow] = search
      found.append(flow)
    }
  }
}
