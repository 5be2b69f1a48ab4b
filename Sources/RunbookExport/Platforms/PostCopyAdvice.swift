import EvacuationModel
import Quantities

/// What is said about post-copy, the same on every platform that has it.
enum PostCopyAdvice {
  /// When to pull the lever, and what it costs.
  static func switchText(_ step: PlannedMigration) -> String {
    let after = WorryRule.roundedUp(step.postCopySwitch)
    let pause = step.forecast.remedies?.postCopyDowntime ?? step.forecast.downtime
    return "Planned: switch to post-copy \(after.text) after the start, when the first pass is done "
      + "(pause about \(pause.text)). There is no way back: it cannot be stopped any more. "
      + "If the network between \(step.source) and \(step.destination) breaks, the guest stands still; "
      + "if either host fails, it is lost."
  }
}
