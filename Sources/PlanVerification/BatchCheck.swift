import EvacuationModel
import Quantities

/// Batches follow each other as the policy's batching says. A batch's number counts within its wave.
enum BatchCheck {
  private struct Batch: Hashable, Comparable {
    let wave: Int
    let number: Int

    /// Of rolling maintenance the waves overlap, and one count of batches goes through all of them.
    init(_ step: ResolvedStep, isRolling: Bool) {
      wave = isRolling ? 0 : step.step.wave
      number = step.step.batch
    }

    static func < (lhs: Self, rhs: Self) -> Bool { (lhs.wave, lhs.number) < (rhs.wave, rhs.number) }
  }

  static func findings(in plan: ResolvedPlan) -> [Finding] {
    let steps = plan.steps.filter(\.hasPossibleTimes)
    let batchOf = { step in Batch(step, isRolling: plan.isRolling) }
    switch plan.policy.concurrency.batching {
    case .barrier: return apart(steps, batchOf) + together(steps, batchOf)
    case .rolling: return inOrder(steps, batchOf)
    }
  }

  /// No step starts before all of the earlier batches have ended.
  private static func apart(_ steps: [ResolvedStep], _ batchOf: (ResolvedStep) -> Batch) -> [Finding] {
    var latest = -Double.infinity
    var latestBefore = latest
    var current: Batch?
    return steps.sorted { (batchOf($0), $0.index) < (batchOf($1), $1.index) }.compactMap { step in
      let batch = batchOf(step)
      if batch != current {
        current = batch
        latestBefore = latest
      }
      latest = max(latest, step.end)
      guard step.start < latestBefore - Tolerance.moment else { return nil }
      return finding(
        step, "starts at \(text(step.start)), the batch before ends at \(text(latestBefore))",
        help: "start batch \(batch.number) when the one before has ended")
    }
  }

  /// The steps of one batch start with its first.
  private static func together(_ steps: [ResolvedStep], _ batchOf: (ResolvedStep) -> Batch) -> [Finding] {
    var startOfBatch: [Batch: Double] = [:]
    return steps.compactMap { step in
      let batch = batchOf(step)
      let start = startOfBatch[batch] ?? step.start
      startOfBatch[batch] = start
      guard abs(step.start - start) > Tolerance.moment else { return nil }
      return finding(
        step, "starts at \(text(step.start)), its batch at \(text(start))",
        help: "start all steps of batch \(batch.number) together, or number them apart")
    }
  }

  /// Batch numbers do not fall with the time of start.
  private static func inOrder(_ steps: [ResolvedStep], _ batchOf: (ResolvedStep) -> Batch) -> [Finding] {
    let sorted = steps.sorted { ($0.start, batchOf($0), $0.index) < ($1.start, batchOf($1), $1.index) }
    var highest: Batch?
    var passed = 0
    return sorted.compactMap { step in
      while passed < sorted.count, sorted[passed].start < step.start - Tolerance.moment {
        highest = max(highest ?? batchOf(sorted[passed]), batchOf(sorted[passed]))
        passed += 1
      }
      guard let highest, batchOf(step) < highest else { return nil }
      return finding(
        step, "is of batch \(step.step.batch) and starts after one of batch \(highest.number)",
        help: "number batches in the order in which they start")
    }
  }

  private static func text(_ seconds: Double) -> String { Duration(clampingSeconds: seconds).text }

  private static func finding(_ step: ResolvedStep, _ message: String, help: String) -> Finding {
    Finding.inPlan(.batchOverlap, at: step.place, message, help: help)
  }
}
