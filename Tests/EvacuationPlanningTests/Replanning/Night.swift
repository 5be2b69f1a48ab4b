import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

/// A plan and what has been recorded of it.
struct Night {
  var question: PlanQuestion
  var plan: EvacuationPlan
  var outcomes: [RecordedOutcome] = []

  init(_ question: PlanQuestion) {
    self.question = question
    plan = question.plan()
  }

  /// A generated question, and a night in which chance decides what becomes of each step that may start.
  static func generated(_ seed: UInt64, changing change: (inout PlanQuestion) -> Void = { _ in }) -> Self {
    var night = Self(PlanQuestion.generated(seed).with(change))
    var draw = SeededGenerator(seed: seed, stream: "night")
    for step in night.plan.steps {
      let progress = PlanProgress(night.outcomes)
      let comes = step.dependsOn.allSatisfy { id in
        if case .done = progress.latest(of: id)?.result { true } else { false }
      }
      guard comes else { continue }
      switch draw.integer(in: 0...9) {
      case 0...4: night.record(step.id, .done)
      case 5: night.record(step.id, .failed(reason: "no", kind: draw.pick(FailureKind.allCases)))
      case 6: night.record(step.id, .skipped)
      case 7, 8: night.record(step.id, .started)
      default: break
      }
    }
    return night
  }

  mutating func record(_ step: PlannedMigration.ID, _ result: RecordedOutcome.Result) {
    outcomes.append(RecordedOutcome(step: step, result: result, at: Instant(secondsSince1970: 1_796_000_000)))
  }

  mutating func record(guest vm: VirtualMachine.ID, _ result: RecordedOutcome.Result) throws {
    record(try #require(plan.step(of: vm)).id, result)
  }

  /// Who is recorded as `result`.
  func guests(_ result: String) -> Set<VirtualMachine.ID> {
    let progress = PlanProgress(outcomes)
    return Set(plan.steps.filter { progress.latest(of: $0.id)?.result.name == result }.map(\.vm))
  }

  /// The plan for what remains, with which the verifier must agree.
  func replanned(_ location: SourceLocation = #_sourceLocation) -> Replanner.Outcome {
    let outcome = Replanner(
      plan, inventory: question.inventory, policy: question.policy, after: outcomes
    ).replanned(
      replacing: "old", window: question.request.window, policy: plan.policy, effort: question.effort
    ) { InputDigest(name: $0.name, sha256: "") }
    let errors = PlanVerifier.verify(
      outcome.plan, inventory: outcome.present.inventory, policy: question.policy)
    #expect(errors.filter { $0.severity == .error }.map(\.description) == [], sourceLocation: location)
    return outcome
  }
}
