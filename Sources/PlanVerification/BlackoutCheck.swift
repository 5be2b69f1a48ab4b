import EvacuationModel
import Quantities

/// Nobody is under way at a time at which a rule forbids it.
enum BlackoutCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    let steps = plan.steps.filter { !$0.settings.notBetween.isEmpty && $0.hasPossibleTimes }
    guard !steps.isEmpty else { return [] }
    guard let start = plan.plan.request.window.start else {
      let count = Set(steps.map(\.vm)).count
      return [
        Finding.inPlan(
          .blackoutUnchecked, at: "",
          "\(count) \(count == 1 ? "guest that moves has" : "guests that move have") blackouts, and the plan does"
            + " not say when it starts: they are not checked",
          help: "plan again with --start")
      ]
    }
    return steps.compactMap { finding($0, start) }
  }

  private static func finding(_ step: ResolvedStep, _ start: Instant) -> Finding? {
    let from = start.secondsSince1970 + step.start
    let to = start.secondsSince1970 + step.end
    let times = step.settings.notBetween.flatMap {
      $0.times(from: from, to: to, zone: start.utcOffsetSeconds)
    }
    let broken = times.first {
      from < $0.upperBound - Tolerance.moment && to > $0.lowerBound + Tolerance.moment
    }
    guard let broken else { return nil }
    func clock(_ seconds: Double) -> String {
      let instant = Instant(secondsSince1970: seconds, utcOffsetSeconds: start.utcOffsetSeconds)
      return instant.readable ?? "\(seconds.text(places: 0)) s after 1970"
    }
    return Finding.inPlan(
      .blackoutBroken, at: step.place,
      "\(step.step.vm) is under way at \(clock(from)), and must not be from \(clock(broken.lowerBound)) to "
        + clock(broken.upperBound),
      help: "plan again, or start at another time")
  }
}
