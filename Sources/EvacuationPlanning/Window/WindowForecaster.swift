public import EvacuationModel
import Quantities

/// Says how likely a plan is to fit its window, by when it has to begin, and from when on there is no way back.
public struct WindowForecaster: Sendable {
  private let inventory: Inventory
  private let policy: Policy
  private let trials: Int

  /// A forecaster for plans of `inventory` under `policy`, which plays each plan `trials` times: a thousand tell a
  /// probability of 90 % to one or two in a hundred.
  public init(inventory: Inventory, policy: Policy, trials: Int = 1000) {
    self.trials = max(1, trials)
    self.inventory = inventory
    self.policy = policy
  }

  /// `plan` with the outlook for the window that it was asked for, and with the quantiles of its makespan from the
  /// same trials; unchanged without a window, or where a step names what the inventory does not have.
  public func plan(_ plan: EvacuationPlan) -> EvacuationPlan {
    let asked = plan.request.window.duration == nil ? policy.window : plan.request.window
    guard let window = asked.duration?.seconds,
      let script = PlanScript(plan, inventory: inventory, policy: policy)
    else { return plan }
    let trials = WindowTrials(script, seed: plan.request.seed, count: trials)
    // As with a single forecast's band, nothing is promised that ends before the plan as it stands does.
    func end(_ share: Double) -> Double { max(trials.end(share), plan.summary.makespan.seconds) }
    let latest = end(asked.confidence.fraction)
    var turning = TurningPoint(plan, script: script)
    var result = plan
    result.outlook = WindowOutlook(
      trials: trials.ends.count, endP50: Self.duration(trials.end(0.5)), endP90: Self.duration(end(0.9)),
      endAtConfidence: Self.duration(latest), probability: trials.probability(of: window),
      latestStart: latest <= window ? PlanTime(seconds: window - latest) : nil,
      pointOfNoReturn: turning.pointOfNoReturn(), turnBackBy: turning.turnBackBy(window: window),
      meanNotCompleted: trials.meanNotCompleted)
    result.summary.makespanP50 = Duration(clampingSeconds: trials.end(0.5))
    result.summary.makespanP90 = Duration(clampingSeconds: end(0.9))
    result.summary.fitsWindow = latest <= window
    return result
  }

  private static func duration(_ seconds: Double) -> Duration? {
    seconds.isFinite ? Duration(clampingSeconds: seconds) : nil
  }
}
