import EvacuationModel
import Quantities

/// The numbers of one step agree with each other and with what its path can carry.
enum ForecastCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    let own = plan.plan.steps.flatMap { step in
      disagreements(step).map { finding($0, at: step.id.name) }
    }
    let paths = plan.steps.compactMap { step in
      impossibleTransfer(step, plan).map { finding($0, at: step.place) }
    }
    return own + paths
  }

  private static func finding(_ message: String, at place: String) -> Finding {
    Finding.inPlan(
      .inconsistentPlan, at: place, message, help: "plan again; do not change numbers of a plan by hand")
  }

  private static func disagreements(_ step: PlannedMigration) -> [String] {
    let (start, end) = (step.start.seconds, step.end.seconds)
    guard start.isFinite, end.isFinite, start >= 0, end >= start else {
      return ["runs from \(start) s to \(end) s, which is no time"]
    }
    var result: [String] = []
    let forecast = step.forecast
    if forecast.mode != step.mode {
      result.append("is \(step.mode.rawValue) with a forecast for \(forecast.mode.rawValue)")
    }
    if let duration = forecast.duration?.seconds {
      if abs(end - start - duration) > Tolerance.span {
        result.append(
          "takes \((end - start).text(places: 3)) s from start to end, its forecast says "
            + "\(duration.text(places: 3)) s")
      }
      if forecast.downtime.seconds > duration + Tolerance.duration {
        result.append("its pause is longer than the whole step")
      }
    } else if forecast.completes {
      result.append("completes, its forecast says, and has no duration")
    }
    if forecast.downtime < .zero || forecast.bytesTransferred < .zero {
      result.append("its pause or its traffic is negative")
    }
    if let best = forecast.durationP10, let worst = forecast.durationP90, best > worst {
      result.append("its P10 duration is longer than its P90")
    }
    let phases = forecast.phases
    if [phases.before, phases.disks, phases.memory, phases.after, phases.firstPass].contains(where: {
      $0 < .zero
    }) {
      result.append("a phase of it is negative")
    }
    if step.bandwidth.bytesPerSecond.isNaN || step.bandwidth < .zero {
      result.append("its bandwidth is no rate")
    }
    return result
  }

  /// A prescribed duration holds at any bandwidth, so that nothing follows from the path then.
  private static func impossibleTransfer(_ step: ResolvedStep, _ plan: ResolvedPlan) -> String? {
    let bytes = Double(step.step.forecast.bytesTransferred.bytes)
    guard step.hasPossibleTimes, bytes > 0, step.settings.duration == nil else { return nil }
    if step.transferEnd <= step.transferStart {
      return "its phases leave no time for \(step.step.forecast.bytesTransferred)"
    }
    guard step.step.mode != .cold else { return nil }
    let capacity = MigrationPath(of: step, in: plan).capacity
    let most = capacity.bytesPerSecond * (step.end - step.start) * (1 + Tolerance.bytes)
    guard bytes > most else { return nil }
    return "sends \(step.step.forecast.bytesTransferred), more than its path of \(capacity) carries in "
      + "\(Duration(clampingSeconds: step.end - step.start).text)"
  }
}
