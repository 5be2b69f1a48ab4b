import EvacuationModel
import EvacuationPlanning
import Foundation
import Quantities
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
    let outlook: WindowOutlook?
    let windowStart: Instant?
    /// Only where somebody asked for it: a thousand plans of a large cluster are a lot of memory.
    let plan: EvacuationPlan?
    /// What is wrong with it, if that is our bug.
    let errors: [Finding]
  }

  /// More plans than this are searched for better orders only where somebody asks: it would take minutes.
  static let mostSearched = 30
  /// More of a family are planned side by side, though they have much in common.
  private static let mostTogether = 32

  let problems: [ScenarioProblem]
  /// Numbers of problems that have much in common.
  let families: [[Int]]
  let inventory: InputDigest
  let policy: InputDigest
  /// Whether each plan is searched for a better order than the first good one.
  let isSearched: Bool

  /// An outcome for each problem of `asked`, all of them by default, and the plans of those; `nil` for the others and
  /// for those that an interruption left out.
  func outcomes(of asked: [Int]?, _ interrupt: Interrupt, _ bar: ProgressBar) async -> [Outcome?] {
    let turns = Turns()
    let parts = parts(asked.map(Set.init))
    let workers = max(1, min(parts.count, ProcessInfo.processInfo.activeProcessorCount))
    let forecasts = ForecastMemo()
    return await withTaskGroup(of: [(Int, Outcome)].self) { group in
      for _ in 0..<workers {
        group.addTask {
          let memo = PlanningMemo(forecasts: forecasts)
          var done: [(Int, Outcome)] = []
          while !interrupt.isAsked {
            let turn = turns.next
            guard turn < parts.count else { break }
            for number in parts[turn] where !interrupt.isAsked {
              let outcome = outcome(of: number, keepingPlan: asked != nil, memo, interrupt)
              // A search that was cut short is no match for one that was not.
              guard !interrupt.isAsked else { break }
              done.append((number, outcome))
              bar.advance()
            }
          }
          return done
        }
      }
      var outcomes = [Outcome?](repeating: nil, count: problems.count)
      for await done in group { for (index, outcome) in done { outcomes[index] = outcome } }
      return outcomes
    }
  }

  /// What one core plans in one go.
  private func parts(_ asked: Set<Int>?) -> [[Int]] {
    families.map { family in family.filter { asked?.contains($0) ?? true } }.flatMap { family in
      stride(from: 0, to: family.count, by: Self.mostTogether).map { start in
        Array(family[start..<min(start + Self.mostTogether, family.count)])
      }
    }
  }

  private func outcome(
    of index: Int, keepingPlan: Bool, _ memo: PlanningMemo, _ interrupt: Interrupt
  ) -> Outcome {
    var effort = SearchEffort(schedules: isSearched ? nil : 0, isInterrupted: { interrupt.isAsked })
    // What other numbers at once would bring is what scenarios are asked for.
    effort.advises = false
    let plan = problems[index].plan(inventory: inventory, policy: policy, effort: effort, memo: memo)
    return Outcome(
      completeness: plan.completeness, summary: plan.summary, stays: plan.unplaced.count,
      outlook: plan.outlook, windowStart: plan.request.window.start, plan: keepingPlan ? plan : nil,
      errors: plan.findings.filter { $0.severity == .error })
  }
}
