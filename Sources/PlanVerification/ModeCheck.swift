import EvacuationModel
import Quantities

/// A guest moves in a way that the policy permits, and the move succeeds.
enum ModeCheck {
  static func findings(in plan: ResolvedPlan) -> [Finding] {
    plan.steps.flatMap { step in
      [
        mode(step, plan.vm(step.vm)), outcome(step), postCopy(step), pause(step), duration(step),
      ].compactMap { $0 }
    }
  }

  /// Nothing is shut down when a stopped guest moves, so that for it only "never moved" is a prohibition.
  private static func mode(_ step: ResolvedStep, _ vm: VirtualMachine) -> Finding? {
    let mode = step.step.mode
    if step.settings.modes.isEmpty {
      return notPermitted(step, "the policy never moves \(vm.id)")
    }
    if vm.state == .stopped {
      return mode == .cold ? nil : notPermitted(step, "\(vm.id) is stopped and can only move cold")
    }
    guard !step.settings.modes.contains(mode) else { return nil }
    return notPermitted(step, "the policy does not move \(vm.id) \(mode.rawValue)")
  }

  private static func outcome(_ step: ResolvedStep) -> Finding? {
    guard !step.step.forecast.completes else { return nil }
    return notPermitted(
      step, "the forecast says that it does not complete: \(step.step.forecast.outcome.word)")
  }

  private static func postCopy(_ step: ResolvedStep) -> Finding? {
    guard step.step.usesPostCopy, step.settings.precopy.postCopy == nil else { return nil }
    return notPermitted(step, "the policy does not permit post-copy for \(step.step.vm)")
  }

  private static func pause(_ step: ResolvedStep) -> Finding? {
    guard step.step.mode != .cold, let limit = step.settings.maxDowntime,
      step.step.forecast.downtime > limit
    else { return nil }
    return notPermitted(
      step, "its pause of \(step.step.forecast.downtime.text) exceeds \(limit.text), the policy's longest")
  }

  private static func duration(_ step: ResolvedStep) -> Finding? {
    guard let prescribed = step.settings.duration, step.hasPossibleTimes,
      abs(step.end - step.start - prescribed.seconds) > Tolerance.span
    else { return nil }
    return Finding.inPlan(
      .inconsistentPlan, at: step.place,
      "takes \((step.end - step.start).text(places: 3)) s, the policy prescribes \(prescribed.text)",
      help: "plan again with the policy's duration")
  }

  private static func notPermitted(_ step: ResolvedStep, _ message: String) -> Finding {
    Finding.inPlan(
      .modeNotPermitted, at: step.place, message, help: "plan again, or change the policy's rule for it")
  }
}
