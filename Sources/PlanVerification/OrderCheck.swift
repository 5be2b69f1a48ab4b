import EvacuationModel
import Quantities

/// Steps start after what they depend on, and stand in the order in which they start.
enum OrderCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    dependencies(plan) + cycle(plan) + listing(plan) + sameGuest(plan)
  }

  private static func dependencies(_ plan: ResolvedPlan) -> [Finding] {
    let steps = plan.plan.steps
    return steps.compactMap { step in
      let start = step.start.seconds
      let late = step.dependsOn.first { id in
        plan.stepIndex[id].map { steps[$0].end.seconds > start + Tolerance.moment } ?? false
      }
      return late.map { id in
        finding(step.id.name, "starts before \(id), on which it depends, has ended")
      }
    }
  }

  private static func listing(_ plan: ResolvedPlan) -> [Finding] {
    var latest = -Double.infinity
    return plan.plan.steps.compactMap { step in
      let start = step.start.seconds
      guard start.isFinite else { return nil }
      defer { latest = max(latest, start) }
      guard start < latest - Tolerance.moment else { return nil }
      return finding(step.id.name, "is listed after a step that starts later")
    }
  }

  /// One guest cannot move twice at once.
  private static func sameGuest(_ plan: ResolvedPlan) -> [Finding] {
    plan.stepsOfGuest.values.flatMap { indices in
      zip(indices, indices.dropFirst()).compactMap { first, second in
        let (first, second) = (plan.steps[first], plan.steps[second])
        guard second.start < first.end - Tolerance.moment else { return nil }
        return finding(second.place, "\(first.step.vm) is still moving in \(first.place)")
      }
    }
  }

  private static func cycle(_ plan: ResolvedPlan) -> [Finding] {
    var graph = DependencyGraph(plan)
    guard let cycle = graph.firstCycle() else { return [] }
    let names = cycle.map { plan.plan.steps[$0].id.name }
    return [
      finding(
        plan.plan.steps[cycle[0]].id.name,
        "depends on itself: \((names + names.prefix(1)).joined(separator: " needs "))")
    ]
  }

  private static func finding(_ place: String, _ message: String) -> Finding {
    Finding.inPlan(
      .orderBroken, at: place, message, help: "order the steps so that each follows what it depends on")
  }
}

/// Which step waits for which.
private struct DependencyGraph {
  private let needs: [[Int]]
  private var neededBy: [[Int]]
  private var open: [Int]

  init(_ plan: ResolvedPlan) {
    needs = plan.plan.steps.map { $0.dependsOn.compactMap { plan.stepIndex[$0] } }
    neededBy = Array(repeating: [], count: needs.count)
    open = needs.map(\.count)
    for (step, others) in needs.enumerated() {
      for other in others { neededBy[other].append(step) }
    }
  }

  /// The steps of one cycle; not empty. Steps without open needs are taken away until none is left, so that
  /// every step that stays needs another one that stays.
  mutating func firstCycle() -> [Int]? {
    var ready = open.indices.filter { open[$0] == 0 }
    while let step = ready.popLast() {
      for other in neededBy[step] {
        open[other] -= 1
        if open[other] == 0 { ready.append(other) }
      }
    }
    guard var step = open.indices.first(where: { open[$0] > 0 }) else { return nil }
    var position: [Int: Int] = [:]
    var path: [Int] = []
    while position[step] == nil {
      position[step] = path.count
      path.append(step)
      guard let next = needs[step].first(where: { open[$0] > 0 }) else { return nil }
      step = next
    }
    return position[step].map { Array(path[$0...]) }
  }
}
