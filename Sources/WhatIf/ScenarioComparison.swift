public import EvacuationModel

/// Marks what stands out among results.
public enum ScenarioComparison {
  /// `results` with their marks.
  ///
  /// A plan that moves nobody takes no time and pauses nobody: only those that leave as few behind as any are held
  /// against each other.
  public static func marked(_ results: [ScenarioResult]) -> [ScenarioResult] {
    var results = results
    guard let fewest = results.map(\.stays).min() else { return [] }
    let compared = results.indices.filter { results[$0].stays == fewest }
    for measure in ScenarioMeasure.allCases {
      // Who stays is what chooses the compared ones, so it is held against all.
      let rivals = measure == .stays ? Array(results.indices) : compared
      let values = rivals.map { results[$0].value(of: measure) }
      guard let least = values.min(), let most = values.max(), least < most else { continue }
      for (index, value) in zip(rivals, values) where value == least { results[index].best.append(measure) }
    }
    for index in front(compared, of: results) { results[index].isOnParetoFront = true }
    return results
  }

  /// Those of `compared` that no other beats in one of median makespan and longest pause without losing in the
  /// other: sorted by makespan, each pause shorter than all before. Of equal ones all count.
  private static func front(_ compared: [Int], of results: [ScenarioResult]) -> [Int] {
    func point(_ index: Int) -> (makespan: Double, pause: Double) {
      (results[index].value(of: .makespanP50), results[index].value(of: .maxDowntime))
    }
    var front: [Int] = []
    var last: (makespan: Double, pause: Double)?
    for index in compared.sorted(by: { point($0) < point($1) }) {
      let point = point(index)
      if let last, point != last, point.pause >= last.pause { continue }
      last = point
      front.append(index)
    }
    return front
  }
}
