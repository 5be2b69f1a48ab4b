/// Max-min fair shares: what several transfers get when they share network segments, by progressive filling.
///
/// TCP streams over one bottleneck come close to it: the shares of four QEMU migrations over one link were fair
/// over their duration. Segments are numbered; plain bytes per second inside.
public struct LinkSharing: Sendable {
  /// One transfer: the segments it crosses and the most it can use.
  public struct Flow: Sendable {
    /// Numbers of the segments.
    public var segments: [Int]
    /// Bytes per second.
    public var cap: Double

    /// A transfer over `segments` that can use `cap` bytes per second.
    public init(segments: [Int], cap: Double) {
      self.segments = segments
      self.cap = cap
    }
  }

  /// Of each segment, in bytes per second.
  public let capacities: [Double]

  /// Segments with their capacities in bytes per second.
  public init(capacities: [Double]) {
    self.capacities = capacities
  }

  /// The capacity of the narrowest of `segments`.
  public func capacity(along segments: [Int]) -> Double {
    segments.reduce(.infinity) { min($0, capacities[$1]) }
  }

  /// The share of each flow, in the order given.
  ///
  /// Each turn finds the lowest level at which a segment is full or a flow has all it can use, and fixes the
  /// flows that this stops. The result does not depend on the order of flows.
  public func shares(_ flows: [Flow]) -> [Double] {
    var shares = [Double](repeating: 0, count: flows.count)
    var open = Array(flows.indices)
    let segments = Self.distinct(flows.flatMap(\.segments))
    let paths = flows.map { flow in flow.segments.map { Self.place(of: $0, in: segments) } }
    var used = segments.map { (free: capacities[$0], count: 0) }
    for path in paths {
      for segment in path { used[segment].count += 1 }
    }
    while !open.isEmpty {
      let byLink =
        used.lazy.filter { $0.count > 0 }.map { $0.free / Double($0.count) }.min() ?? .infinity
      let byCap = open.lazy.map { flows[$0].cap }.min() ?? .infinity
      let level = min(byLink, byCap)
      guard level.isFinite else {
        for index in open { shares[index] = flows[index].cap }
        break
      }
      let tolerance = level * 1e-12
      let (stopped, going) = split(open) { index in
        flows[index].cap <= level + tolerance
          || paths[index].contains { used[$0].free / Double(used[$0].count) <= level + tolerance }
      }
      for index in stopped {
        shares[index] = level
        for segment in paths[index] {
          used[segment].free -= level
          used[segment].count -= 1
        }
      }
      open = going
    }
    return shares
  }

  private static func distinct(_ numbers: [Int]) -> [Int] {
    var distinct: [Int] = []
    for number in numbers.sorted() where number != distinct.last { distinct.append(number) }
    return distinct
  }

  /// Where `number` stands in `sorted`, of which it is one.
  private static func place(of number: Int, in sorted: [Int]) -> Int {
    var low = 0
    var high = sorted.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func split(_ items: [Int], _ isFirst: (Int) -> Bool) -> ([Int], [Int]) {
    var first: [Int] = []
    var second: [Int] = []
    for item in items {
      if isFirst(item) { first.append(item) } else { second.append(item) }
    }
    return (first, second)
  }
}
