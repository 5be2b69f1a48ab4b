import EvacuationModel
import EvacuationPlanning
import Foundation
import Synchronization
import WhatIf

/// Hands out numbers from 0, each once.
private final class Turns: Sendable {
  private let count = Atomic(0)

  var next: Int { count.add(1, ordering: .relaxed).oldValue }
}

/// Plans the problems of scenarios on all cores. Each plan depends on its problem alone, so that the number of cores
/// changes no byte of the result.
struct ScenarioRun {
  /// What is kept of a solution.
  struct Outcome: Sendable {
    let completeness: EvacuationPlan.Completeness
    let summary: PlanSummary
    let stays: Int
    /// Only where somebody asked for it: a thousand plans of a large cluster are a lot of memory.
    let plan: EvacuationPlan?
    /// What is wrong with it, if that is our bug.
    let errors: [Finding]
  }

  let problems: [ScenarioProblem]
  let inventory: InputDigest
  let policy: InputDigest
  /// Whether each plan is the first good one, without a search for a better.
  let isQuick: Bool

  /// An outcome for each problem of `asked`, all of them by default, and the plans of those; `nil` for the others and
  /// for those that an interruption left out.
  func outcomes(of asked: [Int]?, _ interrupt: Interrupt, _ bar: ProgressBar) async -> [Outcome?] {
    let turns = Turns()
    let numbers = asked ?? Array(problems.indices)
    let workers = max(1, min(numbers.count, ProcessInfo.processInfo.activeProcessorCount))
    return await withTaskGroup(of: [(Int, Outcome)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var done: [(Int, Outcome)] = []
          while !interrupt.isAsked {
            let turn = turns.next
            guard turn < numbers.count else { break }
            let outcome = outcome(of: numbers[turn], keepingPlan: asked != nil, interrupt)
            // A search that was cut short is no match for one that was not.
            guard !interrupt.isAsked else { break }
            done.append((numbers[turn], outcome))
            bar.advance()
          }
          return done
        }
      }
      var outcomes = [Outcome?](repeating: nil, count: problems.count)
      for await done in group { for (index, outcome) in done { outcomes[index] = outcome } }
      return outcomes
    }
  }

  private func outcome(of index: Int, keepingPlan: Bool, _ interrupt: Interrupt) -> Outcome {
    let plan = problems[index].plan(
      inventory: inventory, policy: policy,
      effort: SearchEffort(schedules: isQuick ? 0 : nil, isInterrupted: { interrupt.isAsked }))
    return Outcome(
      completeness: plan.completeness, summary: plan.summary, stays: plan.unplaced.count,
      plan: keepingPlan ? plan : nil, errors: plan.findings.filter { $0.severity == .error })
  }
}
