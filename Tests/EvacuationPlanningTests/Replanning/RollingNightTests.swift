import EvacTestSupport
import EvacuationModel
import EvacuationPlanning
import PlanVerification
import Quantities
import Testing

@Suite struct `Rolling plans of the rest of a night` {
  /// A night in which the first steps are done, until one fails.
  private func night(_ seed: UInt64) -> (night: Night, now: Instant) {
    var question = PlanQuestion.rolling(seed)
    question.policy.maintenance.returnHome = false
    var night = Night(question)
    var draw = SeededGenerator(seed: seed, stream: "rolling night")
    let start = 1_796_000_000.0
    let done = draw.integer(in: 0...max(0, night.plan.steps.count))
    let ordered = night.plan.steps.sorted { ($0.end, $0.id) < ($1.end, $1.id) }
    var now = start
    for step in ordered.prefix(done) {
      now = max(now, start + step.end.seconds)
      night.outcomes.append(
        RecordedOutcome(step: step.id, result: .done, at: Instant(secondsSince1970: now)))
    }
    if let next = ordered.dropFirst(done).first(where: { step in
      step.dependsOn.allSatisfy { PlanProgress(night.outcomes).hasEnded($0) }
    }) {
      night.outcomes.append(
        RecordedOutcome(
          step: next.id, result: .failed(reason: "no", kind: draw.pick(FailureKind.allCases)),
          at: Instant(secondsSince1970: now)))
    }
    return (night, Instant(secondsSince1970: now))
  }

  private func replanned(
    _ night: Night, _ progress: RollingProgress
  ) throws(Replanner.Obstacle) -> Replanner.Outcome {
    try Replanner(
      night.plan, inventory: night.question.inventory, policy: night.question.policy, after: night.outcomes
    ).replannedRolling(
      [progress], replacing: "old", window: .init(), policy: night.plan.policy, effort: night.question.effort
    ) { InputDigest(name: $0.name, sha256: "") }
  }

  @Test(arguments: 1...UInt64(60))
  func `hold, leave alone who is back, and send nobody to who is out`(_ seed: UInt64) throws {
    let (night, now) = night(seed)
    let progress = RollingProgress(of: night.plan, after: night.outcomes, at: now)
    do throws(Replanner.Obstacle) {
      let outcome = try replanned(night, progress)
      let errors = PlanVerifier.verify(
        outcome.plan, inventory: outcome.present.inventory, policy: night.question.policy)
      #expect(errors.filter { $0.severity == .error }.map(\.description) == [])
      let maintained = Set(outcome.plan.waves.flatMap(\.hosts))
      #expect(maintained.isDisjoint(with: progress.back))
      let out = Set(progress.out.map(\.host))
      #expect(maintained.isDisjoint(with: out))
      #expect(!outcome.plan.steps.contains { out.contains($0.destination) })
      if let most = outcome.plan.summary.rolling?.mostHostsOut,
        case .atMost(let limit) = night.question.policy.maintenance.maxHostsOut
      {
        #expect(most + out.count <= limit || most == 0)
      }
    } catch {
      guard case .tooManyOut(let out) = error else {
        Issue.record("nothing is under way")
        return
      }
      #expect(!out.isEmpty)
      #expect(Set(out.map(\.host)).isSubset(of: progress.out.map(\.host)))
    }
  }

  @Test func `are refused while somebody is under way`() throws {
    var night = Night(.rolling(3))
    let step = try #require(night.plan.steps.first)
    night.record(step.id, .started)
    let progress = RollingProgress(
      of: night.plan, after: night.outcomes, at: Instant(secondsSince1970: 1_796_000_001))
    #expect(throws: Replanner.Obstacle.underWay([step.id])) { try replanned(night, progress) }
  }
}
